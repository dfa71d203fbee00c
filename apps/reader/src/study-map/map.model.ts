import type { MapEdge, MapEdgeKind, MapNode, StudyMapResponse } from '@gospelib/contracts';

/** The study map as shown: the first answer, and everything opened since. */
export type MapModel = {
  readonly root: string;
  readonly nodes: ReadonlyMap<string, MapNode>;
  readonly edges: ReadonlyMap<string, MapEdge>;
  /** Whether neighbours were left out to keep the map readable. */
  readonly truncated: boolean;
};

/** A map with more nodes is unreadable. */
export const MAX_NODES = 300;

/** Two nodes have at most one edge of a kind, whatever its direction. */
function edgeKey({ source, target, kind }: MapEdge): string {
  return source < target ? `${source} ${target} ${kind}` : `${target} ${source} ${kind}`;
}

/** Merges answers into one map: nodes keep the order in which they were opened, and depths count from the root. */
export function mergeMaps(first: StudyMapResponse, opened: readonly StudyMapResponse[]): MapModel {
  const nodes = new Map<string, MapNode>();
  const edges = new Map<string, MapEdge>();
  let truncated = first.truncated;
  for (const answer of [first, ...opened]) {
    const base = nodes.get(answer.root)?.depth ?? 0;
    for (const node of answer.nodes) {
      if (nodes.has(node.id)) continue;
      if (nodes.size < MAX_NODES) nodes.set(node.id, { ...node, depth: base + node.depth });
      else truncated = true;
    }
    for (const edge of answer.edges) {
      const key = edgeKey(edge);
      if (!edges.has(key) && nodes.has(edge.source) && nodes.has(edge.target)) edges.set(key, edge);
    }
  }
  return { root: first.root, nodes, edges, truncated };
}

/** An edge as seen from one of its ends. */
export type Tie = { readonly key: string; readonly edge: MapEdge; readonly other: MapNode };

export function tiesOf(model: MapModel, id: string): readonly Tie[] {
  const ties: Tie[] = [];
  for (const [key, edge] of model.edges) {
    if (edge.source !== id && edge.target !== id) continue;
    const other = model.nodes.get(edge.source === id ? edge.target : edge.source);
    if (other) ties.push({ key, edge, other });
  }
  return ties;
}

export function countKinds(model: MapModel): ReadonlyMap<MapEdgeKind, number> {
  const counts = new Map<MapEdgeKind, number>();
  for (const { kind } of model.edges.values()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}
