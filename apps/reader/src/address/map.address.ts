import type { MapEdgeKind } from '@gospelib/contracts';

/** The adjustable state of a study map. */
export type MapAddress = {
  readonly root: string;
  readonly depth: 1 | 2 | 3;
  /** Kinds of edges to show; undefined for all. */
  readonly kinds: readonly MapEdgeKind[] | undefined;
  /** Nodes that were opened beyond the first view, oldest first. */
  readonly opened: readonly string[];
  readonly selected: string | undefined;
  readonly view: 'map' | 'list';
};

export const MAP_EDGE_KINDS: readonly MapEdgeKind[] = [
  'cross-reference',
  'quotation',
  'word',
  'derivation',
  'name',
  'topic',
];

/** Keeps addresses short and maps readable: beyond this, the oldest opened node is dropped. */
export const MAX_OPENED = 12;

export function parseMapAddress(root: string, params: URLSearchParams): MapAddress {
  const depth = Number(params.get('depth'));
  const wanted = params.get('kinds')?.split(',');
  return {
    root,
    depth: depth === 2 || depth === 3 ? depth : 1,
    kinds: wanted && MAP_EDGE_KINDS.filter((kind) => wanted.includes(kind)),
    opened: (params.get('open')?.split(',') ?? []).filter(Boolean).slice(-MAX_OPENED),
    selected: params.get('at') ?? undefined,
    view: params.get('view') === 'list' ? 'list' : 'map',
  };
}

export function mapPath(address: Partial<MapAddress> & { readonly root: string }): string {
  const { root, depth = 1, kinds, opened = [], selected, view } = address;
  const params = new URLSearchParams();
  if (depth !== 1) params.set('depth', String(depth));
  if (kinds) params.set('kinds', kinds.join(','));
  if (opened.length > 0) params.set('open', opened.slice(-MAX_OPENED).join(','));
  if (selected) params.set('at', selected);
  if (view === 'list') params.set('view', view);
  const query = params.size > 0 ? `?${params}` : '';
  return `/map/${encodeURIComponent(root)}${query}`;
}
