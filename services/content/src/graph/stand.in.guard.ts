import { type GraphStore, isHarmful, quickCheck, StoreUnavailableError } from '@gospelib/graph';
import type { CorpusSource } from '../corpus/corpus.loader.ts';
import type { CorpusWatch, WatchLog } from '../corpus/corpus.watch.ts';
import { listStandIns } from '../corpus/stand.in.ts';
import { GraphRound, Moved, repeat } from './graph.round.ts';

export interface StandInGuardOptions {
  readonly store: GraphStore;
  readonly watch: Pick<CorpusWatch, 'pointer'>;
  /** Time that one round through one copy takes, ms. */
  readonly roundMs: number;
  readonly log: WatchLog;
}

/**
 * Looks after the copies that could stand in for what is served: the spare and the versions before. A quick look at each,
 * then slow rounds through one after another, so that a damaged one is known, and told, before it is needed.
 */
export class StandInGuard {
  readonly #options: StandInGuardOptions;
  readonly #end = new AbortController();
  readonly #round: GraphRound;
  #there: readonly CorpusSource[] = [];
  #damaged: ReadonlySet<string> = new Set();

  constructor(options: StandInGuardOptions) {
    this.#options = options;
    this.#round = new GraphRound(options.store, options.roundMs, this.#end.signal);
  }

  start(): void {
    const { roundMs } = this.#options;
    void repeat(roundMs, this.#end.signal, () => this.#goAround());
  }

  close(): void {
    this.#end.abort();
  }

  /** Keys of the copies that were not as they should be when they were last looked at. */
  get damaged(): ReadonlySet<string> {
    return this.#damaged;
  }

  /** How many copies could stand in, as they were last looked at. */
  get sound(): number {
    return this.#there.filter(({ key }) => !this.#damaged.has(key)).length;
  }

  async #goAround(): Promise<void> {
    const { store, watch, log } = this.#options;
    const { pointer } = watch;
    if (pointer === undefined) return;
    const isOfInterest = () => watch.pointer?.activation === pointer.activation;
    try {
      this.#there = await listStandIns(store, pointer.version);
      for (const { version, key } of this.#there) {
        this.#note(key, (await quickCheck(store, version, key)).some(isHarmful));
      }
      for (const copy of this.#there.filter(({ key }) => !this.#damaged.has(key))) {
        const found = (await this.#round.go(copy, isOfInterest)).filter(isHarmful);
        this.#note(copy.key, found.length > 0);
        const details = found.slice(0, 10).map(({ detail }) => detail);
        if (found.length > 0) log.warn({ key: copy.key, details }, 'a copy is damaged');
      }
    } catch (error) {
      // A store that is away is told by the watch; where the pointer has moved, the next time is another round.
      if (error instanceof StoreUnavailableError || error instanceof Moved) return;
      if (!this.#end.signal.aborted) log.error({ err: error }, 'copies could not be checked');
    }
  }

  #note(key: string, isDamaged: boolean): void {
    const damaged = new Set(this.#damaged);
    if (isDamaged) damaged.add(key);
    else damaged.delete(key);
    this.#damaged = damaged;
  }
}
