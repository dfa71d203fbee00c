import { setTimeout as sleep } from 'node:timers/promises';
import { type Difference, type Fallback, type GraphStore, verifyGraph } from '@gospelib/graph';

/** Nodes read at once in a round: some five milliseconds of work here. */
const PAGE = 512;
/** Assumed number of pages of the first round; later ones count. */
const USUAL_PAGES = 800;

export interface RoundOptions {
  /** Time that the round shall take. */
  readonly milliseconds: number;
  /** Asked between two pages: when it says no, the round ends. */
  readonly isOfInterest: () => Promise<boolean>;
}

/** Verifies a whole graph in small pages with pauses, so that readers do not notice. */
export class GraphRound {
  readonly #store: GraphStore;
  readonly #signal: AbortSignal;
  #pages = USUAL_PAGES;

  constructor(store: GraphStore, signal: AbortSignal) {
    this.#store = store;
    this.#signal = signal;
  }

  /** @throws RoundEnded when the graph is no longer of interest, StoreUnavailableError */
  async go(
    { version, key }: Fallback,
    { milliseconds, isOfInterest }: RoundOptions,
  ): Promise<readonly Difference[]> {
    let pages = 0;
    const pace = async (): Promise<void> => {
      if (!(await isOfInterest())) throw new RoundEnded();
      pages += 1;
      const pause = milliseconds / this.#pages;
      await sleep(pause, undefined, { signal: this.#signal, ref: false });
    };
    const { differences } = await verifyGraph(this.#store, version, { key, page: PAGE, pace });
    this.#pages = Math.max(pages, 1);
    return differences;
  }
}

/** The pointer has moved, or the graph was quarantined, while a round was under way: what it found says nothing. */
export class RoundEnded extends Error {
  override readonly name = 'RoundEnded';
}
