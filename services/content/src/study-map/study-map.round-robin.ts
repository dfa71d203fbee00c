import type { StepRow } from './study-map.repository.ts';
import { type GrownNode, mapId, targetOf } from './study-map.steps.ts';

type Nodes = Map<string, GrownNode>;

/** The neighbours found on one level: a queue for each node and kind of edge, served round robin. */
export class RoundRobin {
  readonly #queues: { readonly steps: readonly StepRow[]; next: number }[];
  readonly #depth: number;
  #next = 0;

  constructor(found: readonly StepRow[], depth: number) {
    const queues = Map.groupBy(found, ({ branch, from }) => `${branch} ${from}`);
    this.#queues = [...queues.values()].map((steps) => ({ steps, next: 0 }));
    this.#depth = depth;
  }

  /** Takes at most `room` new nodes onto the map; the next call continues where this one stopped. */
  take(nodes: Nodes, room: number): GrownNode[] {
    const taken: GrownNode[] = [];
    for (let idle = 0; taken.length < room && idle < this.#queues.length; this.#next += 1) {
      const node = this.#peek(this.#next % this.#queues.length, nodes);
      idle = node ? 0 : idle + 1;
      if (!node) continue;
      nodes.set(mapId(node), node);
      taken.push(node);
    }
    return taken;
  }

  /** Whether a neighbour is left that is not on the map. */
  hasMore(nodes: Nodes): boolean {
    return this.#queues.some((_, place) => this.#peek(place, nodes) !== undefined);
  }

  /** The best neighbour of a queue that is not on the map yet. */
  #peek(place: number, nodes: Nodes): GrownNode | undefined {
    const queue = this.#queues[place];
    for (; queue; queue.next += 1) {
      const step = queue.steps[queue.next];
      if (!step) return undefined;
      const target = targetOf(step);
      if (!nodes.has(mapId(target))) return { ...target, depth: this.#depth };
    }
    return undefined;
  }
}
