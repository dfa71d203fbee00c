import type { MapEdgeKind, StudyMapResponse } from '@gospelib/contracts';
import type { Corpus } from '../corpus/corpus.ts';
import { FOLLOWED_VERSES } from './study-map.repository.ts';
import { type MapPlace, mapId, type Step } from './study-map.step.ts';
import { stepFinders } from './study-map.steps.ts';

export interface GrowthRequest {
  readonly depth: number;
  readonly kinds: ReadonlySet<MapEdgeKind>;
  /** Nodes of the map at most, the root included. */
  readonly limit: number;
}

/** The nodes of a map in the order in which they were taken, and all steps found between them. */
export interface Growth {
  readonly nodes: ReadonlyMap<string, GrownNode>;
  readonly steps: readonly (readonly [source: string, step: Step])[];
  readonly truncated: StudyMapResponse['truncated'];
}

export interface GrownNode extends MapPlace {
  readonly label?: string;
  readonly depth: number;
}

/** Shares of the nodes that each level of a map of this depth gets; what one leaves the next may use. */
const LEVEL_SHARES: Readonly<Record<number, readonly number[]>> = {
  1: [1],
  2: [0.4, 0.6],
  3: [0.2, 0.3, 0.5],
};
/** A root is followed to its verses however many they are. */
const NO_BOUND = 1_000_000;

/**
 * Grows a map outwards from its root. On each level the nodes of the level before take turns, and each
 * of them its kinds of edge; a turn takes the best neighbour that is not on the map yet. So no kind and
 * no node crowds out the others.
 */
export async function growMap(
  corpus: Corpus,
  root: GrownNode,
  { depth, kinds, limit }: GrowthRequest,
): Promise<Growth> {
  const nodes = new Map<string, GrownNode>([[mapId(root), root]]);
  const steps: [string, Step][] = [];
  const shares = LEVEL_SHARES[depth] ?? [1];
  let frontier: readonly GrownNode[] = [root];
  let share = 0;
  let truncated = false;
  for (let level = 1; level <= depth && frontier.length > 0; level += 1) {
    share += shares[level - 1] ?? 0;
    const room = Math.floor((limit - 1) * share) + 1 - nodes.size;
    const most = level === 1 ? room + 1 : Math.max(4, Math.ceil((room * 2) / frontier.length));
    const upTo = level === 1 ? NO_BOUND : FOLLOWED_VERSES;
    const queues = await findSteps(corpus, frontier, kinds, most, upTo);
    steps.push(
      ...queues.flatMap(({ source, steps: found }) =>
        found.map((one) => [source, one] as [string, Step]),
      ),
    );
    const taken = takeInTurns(queues, nodes, level, room);
    truncated ||= taken.left;
    frontier = taken.nodes;
  }
  return { nodes, steps, truncated };
}

/** What a node leads to by one kind of edge, best first. */
interface Queue {
  readonly source: string;
  readonly steps: readonly Step[];
}

/** The queues of all nodes, ordered so that in going round nodes take turns first and then their kinds. */
async function findSteps(
  corpus: Corpus,
  frontier: readonly GrownNode[],
  kinds: ReadonlySet<MapEdgeKind>,
  most: number,
  upTo: number,
): Promise<Queue[]> {
  const byFinder = await Promise.all(
    stepFinders.map(async ({ from, kind, find }) => {
      const places = frontier.filter((place) => place.kind === from);
      if (places.length === 0 || !kinds.has(kind)) return [];
      const found = await find({ corpus, ids: places.map(({ id }) => id), most, upTo });
      const steps = Map.groupBy(found, (step) => step.from);
      return places.map((place) => ({ source: mapId(place), steps: steps.get(place.id) ?? [] }));
    }),
  );
  return byFinder.flat();
}

function takeInTurns(
  queues: readonly Queue[],
  nodes: Map<string, GrownNode>,
  depth: number,
  room: number,
): { nodes: GrownNode[]; left: boolean } {
  const taken: GrownNode[] = [];
  const next = queues.map(() => 0);
  for (let moved = true; moved; ) {
    moved = false;
    for (const [turn, { steps }] of queues.entries()) {
      const at = steps.findIndex(
        ({ to }, place) => place >= (next[turn] ?? 0) && !nodes.has(mapId(to)),
      );
      const step = steps[at];
      next[turn] = at < 0 ? steps.length : at + 1;
      if (!step) continue;
      if (taken.length >= room) return { nodes: taken, left: true };
      const node = { ...step.to, depth };
      nodes.set(mapId(node), node);
      taken.push(node);
      moved = true;
    }
  }
  return { nodes: taken, left: false };
}
