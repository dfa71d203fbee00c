import type { MapEdge, MapNodeKind } from '@gospelib/contracts';

/** A node as the graph names it: ids are unique within a kind only. */
export interface MapPlace {
  readonly kind: MapNodeKind;
  /** Canonical id of a verse, Strong's number, name id or topic slug. */
  readonly id: string;
}

/** A way from a node to a neighbour. */
export interface Step {
  /** Id of the node that it was found from. */
  readonly from: string;
  readonly to: MapPlace & { readonly label?: string };
  readonly edge: Pick<MapEdge, 'kind' | 'reason' | 'derived'> & {
    /** The edge of the graph leads from the neighbour to the node. */
    readonly reversed?: boolean;
  };
}

/** The id of a node on the map. Names and topics share their words ("aaron"), so topics are marked. */
export function mapId({ kind, id }: MapPlace): string {
  return kind === 'topic' ? `topic:${id}` : id;
}
