import type { MapEdgeKind } from '@gospelib/contracts';
import type { GraphReader } from '@gospelib/graph';
import {
  type BranchName,
  branches,
  branchNames,
  findSteps,
  type Sources,
  type StepRow,
} from './study-map.repository.ts';
import { RoundRobin } from './study-map.round-robin.ts';
import { type GrownNode, type MapPlace, mapId } from './study-map.steps.ts';

export interface GrowthRequest {
  readonly depth: number;
  readonly kinds: ReadonlySet<MapEdgeKind>;
  /** Nodes of the map at most, the root included. */
  readonly limit: number;
}

export interface Growth {
  /** By their ids on the map, in the order in which they were taken. */
  readonly nodes: ReadonlyMap<string, GrownNode>;
  /** All steps that were found, including those to nodes that were not taken. */
  readonly steps: readonly StepRow[];
  /** Whether neighbours were left out. */
  readonly truncated: boolean;
}

/** The share of the nodes that each level of a map of this depth gets; what a level leaves, others use. */
const LEVEL_SHARES: Readonly<Record<number, readonly number[]>> = {
  1: [1],
  2: [0.4, 0.6],
  3: [0.2, 0.3, 0.5],
};
/**
 * Words, names and topics with more verses than this are not followed, except from the root: they connect everything.
 */
const FOLLOWED_VERSES = 150;
const EVERY_VERSE = 1_000_000;
/** The fewest neighbours that are queried for a node other than the root. */
const FEWEST_STEPS = 4;

/**
 * Grows a map outwards from its root. On each level the kinds of edge are served round robin, and within a kind the
 * nodes of the level before; each time it takes the best neighbour that is not on the map yet. So no kind and
 * no node crowds out the others.
 */
export async function growMap(
  graph: GraphReader,
  root: GrownNode,
  { depth, kinds, limit }: GrowthRequest,
): Promise<Growth> {
  const nodes = new Map([[mapId(root), root]]);
  const steps: StepRow[] = [];
  const levels: RoundRobin[] = [];
  let frontier: readonly GrownNode[] = [root];
  let share = 0;
  for (let level = 1; level <= depth && frontier.length > 0; level += 1) {
    share += LEVEL_SHARES[depth]?.[level - 1] ?? 0;
    const room = Math.floor((limit - 1) * share) + 1 - nodes.size;
    const fewest = Math.max(FEWEST_STEPS, Math.ceil((room * 2) / frontier.length));
    const found = await findSteps(graph, branchesFrom(frontier, kinds), idsByKind(frontier), {
      most: level === 1 ? limit : fewest,
      upTo: level === 1 ? EVERY_VERSE : FOLLOWED_VERSES,
    });
    steps.push(...found);
    const queues = new RoundRobin(found, level);
    levels.push(queues);
    frontier = queues.take(nodes, room);
  }
  for (const queues of levels) queues.take(nodes, limit - nodes.size);
  return { nodes, steps, truncated: levels.some((queues) => queues.hasMore(nodes)) };
}

function branchesFrom(
  frontier: readonly GrownNode[],
  kinds: ReadonlySet<MapEdgeKind>,
): BranchName[] {
  return branchNames.filter((name) => {
    const { from, kind } = branches[name];
    return kinds.has(kind) && frontier.some((node) => node.kind === from);
  });
}

function idsByKind(frontier: readonly GrownNode[]): Sources {
  const of = (kind: MapPlace['kind']) =>
    frontier.filter((node) => node.kind === kind).map(({ id }) => id);
  return { passage: of('passage'), word: of('word'), name: of('name'), topic: of('topic') };
}
