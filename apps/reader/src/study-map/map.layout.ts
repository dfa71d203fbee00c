import type { MapEdgeKind } from '@gospelib/contracts';
import { MAP_EDGE_KINDS } from '../address/map.address.ts';
import type { MapModel } from './map.model.ts';

export type Position = { readonly x: number; readonly y: number };

/** The distance between rings, in the drawing's units. */
const RING = 100;
/** From this many siblings on, they alternate between two distances, so that their labels do not collide. */
const CROWDED = 9;
const STAGGER = 0.24;

type Branch = {
  readonly id: string;
  readonly ring: number;
  readonly children: Branch[];
  leaves: number;
};

/**
 * Places the nodes on rings around the root, each within the sector of its parent. A sector is as wide as it has
 * leaves, and siblings of one kind are next to each other. Deterministic: an address always shows the same map.
 * @param aspect aspect ratio of the available area
 */
export function layOut(model: MapModel, aspect: number): ReadonlyMap<string, Position> {
  const positions = new Map<string, Position>();
  const place = (branch: Branch, ring: number, from: number, to: number): void => {
    const angle = (from + to) / 2;
    const radius = ring * RING;
    positions.set(branch.id, { x: radius * Math.cos(angle), y: radius * Math.sin(angle) });
    let start = from;
    const crowded = branch.children.length > CROWDED;
    for (const [index, child] of branch.children.entries()) {
      const end = start + ((to - from) * child.leaves) / branch.leaves;
      const leaf = child.children.length === 0;
      const shift = crowded && leaf ? (index % 2 === 0 ? -STAGGER : STAGGER) : 0;
      place(child, Math.floor(ring) + 1 + shift, start, end);
      start = end;
    }
  };
  place(growTree(model), 0, Math.PI / 2, Math.PI / 2 - 2 * Math.PI);
  return stretch(positions, aspect);
}

/** The limit for stretching the rings: how narrow they may become compared with a circle. */
const NARROWEST = 0.6;
const WIDEST = 1.7;

/** Stretches the whole to the shape of the area, within that limit. */
function stretch(
  positions: ReadonlyMap<string, Position>,
  aspect: number,
): ReadonlyMap<string, Position> {
  const all = [...positions.values()];
  const width = span(all.map(({ x }) => x));
  const height = span(all.map(({ y }) => y));
  if (width === 0 || height === 0) return positions;
  const factor = Math.min(Math.max((aspect * height) / width, NARROWEST), WIDEST);
  return new Map([...positions].map(([id, { x, y }]) => [id, { x: x * factor, y }]));
}

function span(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

/** The shortest paths from the root, as a tree. */
function growTree(model: MapModel): Branch {
  const neighbours = sortedNeighbours(model);
  const root: Branch = { id: model.root, ring: 0, children: [], leaves: 1 };
  const reached = new Set([model.root]);
  const order = [root];
  for (const branch of order) {
    for (const id of neighbours.get(branch.id) ?? []) {
      if (reached.has(id)) continue;
      reached.add(id);
      const child: Branch = { id, ring: branch.ring + 1, children: [], leaves: 1 };
      branch.children.push(child);
      order.push(child);
    }
  }
  for (const branch of order.reverse()) {
    branch.leaves =
      branch.children.length > 0
        ? branch.children.reduce((sum, { leaves }) => sum + leaves, 0)
        : // An inner ring is shorter, so a leaf on it needs more of the circle.
          Math.max(1, 2 / Math.max(branch.ring, 1));
  }
  return root;
}

function sortedNeighbours({ edges }: MapModel): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, { id: string; kind: MapEdgeKind }[]>();
  const add = (id: string, neighbour: { id: string; kind: MapEdgeKind }) => {
    const list = found.get(id);
    if (list) list.push(neighbour);
    else found.set(id, [neighbour]);
  };
  for (const { source, target, kind } of edges.values()) {
    add(source, { id: target, kind });
    add(target, { id: source, kind });
  }
  const rank = ({ kind }: { kind: MapEdgeKind }) => MAP_EDGE_KINDS.indexOf(kind);
  return new Map(
    [...found].map(([id, list]) => [
      id,
      list.toSorted((a, b) => rank(a) - rank(b)).map((neighbour) => neighbour.id),
    ]),
  );
}
