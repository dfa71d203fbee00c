import { setTimeout as sleep } from 'node:timers/promises';
import { type Difference, type GraphStore, verifyGraph } from '@gospelib/graph';
import type { Corpus } from '../corpus/corpus.ts';

/** Nodes read at once in a round: some five milliseconds of work here. */
const PAGE = 512;
/** How many pages the first round is thought to have. */
const USUAL_PAGES = 800;

/** Verifies graphs whole and slowly, so that nobody who reads meanwhile notices. */
export class GraphRound {
  readonly #store: GraphStore;
  readonly #milliseconds: number;
  readonly #signal: AbortSignal;
  #pages = USUAL_PAGES;

  /** @param milliseconds that one round takes */
  constructor(store: GraphStore, milliseconds: number, signal: AbortSignal) {
    this.#store = store;
    this.#milliseconds = milliseconds;
    this.#signal = signal;
  }

  /** @throws Moved when the graph is of no interest any more, StoreUnavailableError */
  async go(
    { version, key }: Pick<Corpus, 'version' | 'key'>,
    isOfInterest: () => boolean,
  ): Promise<readonly Difference[]> {
    let pages = 0;
    const pace = async (): Promise<void> => {
      if (!isOfInterest()) throw new Moved();
      pages += 1;
      const pause = this.#milliseconds / this.#pages;
      await sleep(pause, undefined, { signal: this.#signal, ref: false });
    };
    const { differences } = await verifyGraph(this.#store, version, { key, page: PAGE, pace });
    this.#pages = Math.max(pages, 1);
    return differences;
  }
}

/** The graph that is examined is no longer the one that matters. */
export class Moved extends Error {
  override readonly name = 'Moved';
}

/** Does something again and again until the signal; at least a tenth of the interval lies between two times. */
export async function repeat(
  interval: number,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    const start = performance.now();
    await work();
    const rest = Math.max(interval - (performance.now() - start), interval / 10);
    await sleep(rest, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
