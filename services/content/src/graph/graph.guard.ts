import {
  type Difference,
  type GraphStore,
  isHarmful,
  type Pointer,
  quickCheck,
  StoreUnavailableError,
} from '@gospelib/graph';
import type { Corpus } from '../corpus/corpus.ts';
import type { CorpusWatch, WatchLog } from '../corpus/corpus.watch.ts';
import { GraphRound, Moved, repeat } from './graph.round.ts';

export interface GraphGuardOptions {
  /** Not the one that answers readers. */
  readonly store: GraphStore;
  readonly watch: Pick<CorpusWatch, 'pointer' | 'corpus' | 'condemn' | 'look'>;
  /** Time between two quick looks, ms. */
  readonly checkMs: number;
  /** Time that one round through the whole graph takes, ms. */
  readonly roundMs: number;
  readonly log: WatchLog;
}

type Examination = 'quick' | 'round';

/**
 * Watches over the graph that is served. A quick look finds within `checkMs` what was lost or added; a slow round
 * recomputes everything, so that what was altered is found within two rounds. What is found to be damaged is condemned.
 */
export class GraphGuard {
  readonly #options: GraphGuardOptions;
  readonly #end = new AbortController();
  readonly #round: GraphRound;
  #pointer: Pointer | undefined;
  /** Of the graphs condemned since the pointer was moved last. */
  #condemned: readonly Difference[] = [];
  /** Of the last examination of what is served. */
  readonly #found: Record<Examination, readonly Difference[]> = { quick: [], round: [] };
  #checkedAt = 0;
  #seconds = 0;
  #looking: Promise<void> | undefined;

  constructor(options: GraphGuardOptions) {
    this.#options = options;
    this.#round = new GraphRound(options.store, options.roundMs, this.#end.signal);
  }

  start(): void {
    const { checkMs, roundMs, watch } = this.#options;
    const goRound = (corpus: Corpus) => this.#round.go(corpus, () => watch.corpus === corpus);
    void repeat(checkMs, this.#end.signal, () => this.look());
    void repeat(roundMs, this.#end.signal, () => this.#examine('round', goRound));
  }

  close(): void {
    this.#end.abort();
  }

  /** Takes a quick look now: for whoever has got no answer. Never rejects. */
  look(): Promise<void> {
    this.#looking ??= this.#examine('quick', (corpus) => this.#lookAt(corpus)).finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Differences by kind; none when the graph is as it was activated. `condemned` is what somebody else has found. */
  get differences(): Readonly<Record<string, number>> {
    if (this.#options.watch.pointer?.quarantined && this.#condemned.length === 0) {
      return { condemned: 1 };
    }
    const found = [...this.#condemned, ...this.#found.quick, ...this.#found.round];
    const kinds = Object.entries(Object.groupBy(found, ({ kind }) => kind));
    return Object.fromEntries(kinds.map(([kind, all]) => [kind, all.length]));
  }

  /** When the last quick look was over, seconds since 1970; 0 before the first. */
  get checkedAt(): number {
    return this.#checkedAt;
  }

  /** How long it took. */
  get seconds(): number {
    return this.#seconds;
  }

  async #lookAt({ version, key }: Corpus): Promise<readonly Difference[]> {
    const start = performance.now();
    const found = await quickCheck(this.#options.store, version, key);
    this.#checkedAt = Date.now() / 1000;
    this.#seconds = (performance.now() - start) / 1000;
    return found;
  }

  /** Examines what is served, and condemns it when readers may get wrong answers from it. */
  async #examine(
    examination: Examination,
    examine: (corpus: Corpus) => Promise<readonly Difference[]>,
  ): Promise<void> {
    const { watch, log } = this.#options;
    const { corpus, pointer } = watch;
    if (pointer?.activation !== this.#pointer?.activation) this.#forget(pointer);
    if (corpus === undefined || pointer === undefined) return;
    try {
      const found = await examine(corpus);
      // Half of what was examined may belong to a graph that has just been put in its place.
      await watch.look();
      if (watch.corpus !== corpus || watch.pointer?.activation !== pointer.activation) return;
      if (!found.some(isHarmful)) {
        this.#found[examination] = found;
        return;
      }
      const details = found.slice(0, 10).map(({ detail }) => detail);
      log.error({ corpus: corpus.version, key: corpus.key, details }, 'graph damaged');
      watch.condemn(corpus);
      this.#condemned = [...this.#condemned, ...found];
    } catch (error) {
      // A store that is away is told by the watch, and a graph that is served no more is of no interest.
      if (error instanceof StoreUnavailableError || error instanceof Moved) return;
      if (!this.#end.signal.aborted) log.error({ err: error }, 'graph could not be checked');
    }
  }

  #forget(pointer: Pointer | undefined): void {
    this.#pointer = pointer;
    this.#condemned = [];
    this.#found.quick = [];
    this.#found.round = [];
  }
}
