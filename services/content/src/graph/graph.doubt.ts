import { type GraphStore, isHarmful, quickCheck, StoreUnavailableError } from '@gospelib/graph';
import type { CorpusWatch, WatchLog } from '../corpus/corpus.watch.ts';

export interface GraphDoubtOptions {
  /** Not the one that answers readers. */
  readonly store: GraphStore;
  readonly watch: Pick<CorpusWatch, 'pointer' | 'corpus' | 'quarantine' | 'poll'>;
  readonly log: WatchLog;
}

const NAMED = 10;

/**
 * Checks the graph that is served when a request got no answer where there should be one. Nothing is checked on a
 * schedule: that is the auditor's work.
 */
export class GraphDoubt {
  readonly #options: GraphDoubtOptions;
  #checking: Promise<void> | undefined;

  constructor(options: GraphDoubtOptions) {
    this.#options = options;
  }

  /** Resolves when it is known whether the graph is damaged; then it is quarantined. Never rejects. */
  async settle(): Promise<void> {
    // A check that is under way may have begun before the answer was missed: only the next one is certainly new.
    await this.#checking;
    this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined;
    });
    await this.#checking;
  }

  async #check(): Promise<void> {
    const { store, watch, log } = this.#options;
    const { corpus, pointer } = watch;
    if (corpus === undefined || pointer === undefined) return;
    const { version, key } = corpus;
    try {
      const found = await quickCheck(store, version, key);
      // Part of what was checked may belong to a graph that has just taken its place.
      await watch.poll();
      if (watch.corpus !== corpus || watch.pointer?.activation !== pointer.activation) return;
      if (!found.some(isHarmful)) return;
      const details = found.slice(0, NAMED).map(({ detail }) => detail);
      log.error({ corpus: version, key, details }, 'graph damaged');
      watch.quarantine(corpus);
    } catch (error) {
      // The watch tells that the store is away.
      if (error instanceof StoreUnavailableError) return;
      log.error({ err: error, key }, 'graph could not be checked');
    }
  }
}
