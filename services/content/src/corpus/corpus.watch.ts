import { keys, type Pointer, type Verdict } from '@gospelib/graph';
import { ProblemError } from '@gospelib/service-kit';
import { indexBytes } from '../search/search.index.ts';
import type { ServedCorpus } from './corpus.ts';
import { withTimeout } from './promise.timeout.ts';

export interface CorpusWatchOptions {
  /** What is active in the store; undefined when nothing is. Rejects when the store is away. */
  readonly pointer: () => Promise<Pointer | undefined>;
  /** What the auditor has found of a fallback, by the key of its graph. Rejects when the store is away. */
  readonly verdict: (key: string, pointer: Pointer) => Promise<Verdict | undefined>;
  readonly load: (pointer: Pointer) => Promise<ServedCorpus>;
  /** A corpus to serve while the graph that the pointer names is damaged; undefined when the store has none that is sound. */
  readonly fallback: (pointer: Pointer) => Promise<ServedCorpus | undefined>;
  /** Time between two polls of the pointer, ms. */
  readonly pollMs: number;
  readonly log: WatchLog;
}

export interface WatchLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

type State = 'starting' | 'serving' | 'no-corpus' | 'away';

/** A poll that takes longer is given up, and another one follows. */
const POLL_TIMEOUT_MS = 500;
/**
 * Without an answer for so long the store is away, ms. Until then what it named last is served: it may only be busy. So
 * long a replica that is cut off may serve a version that was withdrawn.
 */
const AWAY_AFTER_MS = 5_000;
/** When nothing could be loaded it is tried again after this time, ms; at once when the pointer has moved. */
const RELOAD_AFTER_MS = 1000;

/**
 * Follows the pointer of the store. What it names anew is loaded while the old corpus is served, and takes its place at
 * once, a repaired graph of the same version too. When the store has not answered for some seconds nothing is served,
 * since nobody can confirm what is active; when it is back, serving goes on with the same corpus. A quarantined corpus is
 * never served again: requests wait until a fallback is ready.
 */
export class CorpusWatch {
  readonly #options: CorpusWatchOptions;
  #corpus: ServedCorpus | undefined;
  #state: State = 'starting';
  #pointer: Pointer | undefined;
  readonly #quarantined = new WeakSet<ServedCorpus>();
  /** The activation that is known to be damaged: it is not loaded again. */
  #damaged: string | undefined;
  #loading = false;
  #replacing: Promise<void> | undefined;
  #loadAgainAt = 0;
  #answeredAt = Number.NEGATIVE_INFINITY;
  /** The last poll had no answer, and what was active is served. */
  #doubted = false;
  #isPrepared = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #polling: Promise<void> | undefined;

  constructor(options: CorpusWatchOptions) {
    this.#options = options;
  }

  /** Polls once, then again and again until {@link close}. */
  async start(): Promise<void> {
    await this.poll();
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.start(), this.#options.pollMs);
  }

  /** Polls now: for whoever learns that the store went away or came back. Never rejects. */
  poll(): Promise<void> {
    this.#polling ??= this.#poll().finally(() => {
      this.#polling = undefined;
    });
    return this.#polling;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** What the pointer of the store names. */
  get pointer(): Pointer | undefined {
    return this.#pointer;
  }

  /** What is served: what the pointer names, or a fallback. */
  get corpus(): ServedCorpus | undefined {
    return this.#corpus;
  }

  /** Whether everything could be answered since the start: search and dictionaries are loaded after the chapters. */
  get isPrepared(): boolean {
    return this.#isPrepared;
  }

  /** While another corpus takes the place of a quarantined one: resolves when that is decided. */
  get replacing(): Promise<void> | undefined {
    return this.#replacing;
  }

  isQuarantined(corpus: ServedCorpus): boolean {
    return this.#quarantined.has(corpus);
  }

  /** Stops serving a corpus whose graph is damaged, and looks for a fallback. */
  quarantine(corpus: ServedCorpus): void {
    this.#quarantined.add(corpus);
    if (this.#corpus !== corpus) return;
    this.#corpus = undefined;
    if (this.#pointer === undefined) return;
    // The graph under this name is damaged, whether or not what the pointer names by now is loaded already.
    if (corpus.key === keys.graph(this.#pointer.version)) this.#damaged = this.#pointer.activation;
    this.#replace(this.#pointer);
  }

  /** The corpus to answer from. @throws ProblemError 503 that says why there is none */
  current(): ServedCorpus {
    if (this.#state === 'serving' && this.#corpus) return this.#corpus;
    if (this.#state === 'no-corpus') {
      throw new ProblemError(
        'no-corpus',
        'The store holds no active corpus yet. Run the ingest (./gl ingest); this service begins to serve by itself.',
        { retryAfter: 5 },
      );
    }
    if (this.#state === 'away') {
      throw new ProblemError('store-unavailable', 'The graph does not answer at the moment.', {
        retryAfter: 1,
      });
    }
    if (this.#isDamaged()) {
      throw new ProblemError(
        'corpus-damaged',
        'The graph is damaged and the store has no sound fallback. It is served again once it is repaired.',
        { retryAfter: 5 },
      );
    }
    throw new ProblemError('store-unavailable', 'The corpus is being loaded.', { retryAfter: 1 });
  }

  /**
   * Whether requests should come here. A damaged graph is no reason against: every replica reads the same one, so there
   * would be nowhere else to go, and a restart repairs nothing.
   * @throws ProblemError
   */
  assertReady(): void {
    if (this.#state !== 'away' && this.#isDamaged()) return;
    this.current();
    if (this.#isPrepared) return;
    throw new ProblemError('store-unavailable', 'The search is being loaded.', { retryAfter: 1 });
  }

  async #poll(): Promise<void> {
    const { log } = this.#options;
    const served = this.#corpus;
    let pointer: Pointer | undefined;
    let verdict: Verdict | undefined;
    try {
      [pointer, verdict] = await withTimeout(POLL_TIMEOUT_MS, this.#read(served));
    } catch (error) {
      if (!this.#closed) this.#unanswered(error);
      return;
    }
    this.#doubted = false;
    this.#answeredAt = performance.now();
    if (pointer?.activation !== this.#pointer?.activation) this.#loadAgainAt = 0;
    this.#pointer = pointer;
    if (pointer === undefined) {
      if (this.#state !== 'no-corpus') log.warn({}, 'no corpus is active: run the ingest');
      this.#state = 'no-corpus';
      this.#corpus = undefined;
      return;
    }
    const { version } = pointer;
    if (this.#state === 'away' && this.#corpus) log.info({ corpus: version }, 'store back');
    if (pointer.quarantined) this.#followQuarantine(pointer);
    if (verdict?.activation === pointer.activation) this.#followVerdict(served, verdict);
    this.#state = this.#corpus ? 'serving' : 'starting';
    if (this.#loading || isOf(this.#corpus, pointer)) return;
    if (performance.now() < this.#loadAgainAt) return;
    if (!this.#isDamaged()) void this.#load(pointer);
    else if (this.#corpus === undefined) this.#replace(pointer);
  }

  /** A busy store answers late; one that is away does not come back by itself. */
  #unanswered(error: unknown): void {
    const { log } = this.#options;
    if (this.#corpus && performance.now() - this.#answeredAt < AWAY_AFTER_MS) {
      if (!this.#doubted) log.warn({ err: error }, 'store slow: what was active is served');
      this.#doubted = true;
      return;
    }
    if (this.#state !== 'away') log.warn({ err: error }, 'store away: nothing is served');
    this.#state = 'away';
  }

  /** The pointer and, while a fallback is served, the verdict about it. */
  async #read(
    served: ServedCorpus | undefined,
  ): Promise<[Pointer | undefined, Verdict | undefined]> {
    const { pointer, verdict } = this.#options;
    if (served === undefined || served.activation !== undefined || this.#pointer === undefined) {
      return [await pointer(), undefined];
    }
    return Promise.all([pointer(), verdict(served.key, this.#pointer)]);
  }

  /** The auditor, or an operator, has found the active graph damaged. */
  #followQuarantine(pointer: Pointer): void {
    if (this.#isDamaged()) return;
    this.#options.log.warn({ corpus: pointer.version }, 'graph quarantined');
    this.#damaged = pointer.activation;
    // A corpus that was loaded before the same graph was activated again reads the very same graph.
    if (this.#corpus?.key === keys.graph(pointer.version)) this.quarantine(this.#corpus);
  }

  /** The auditor has found the fallback damaged. A verdict from before it was verified here is out of date. */
  #followVerdict(served: ServedCorpus | undefined, { id, sound }: Verdict): void {
    if (sound || served === undefined || this.#corpus !== served || id === served.verdict) return;
    this.#options.log.warn({ corpus: served.version, key: served.key }, 'fallback damaged');
    this.quarantine(served);
  }

  #isDamaged(): boolean {
    return this.#damaged !== undefined && this.#damaged === this.#pointer?.activation;
  }

  async #load(pointer: Pointer): Promise<void> {
    const { load, log } = this.#options;
    const start = performance.now();
    this.#loading = true;
    try {
      const corpus = await load(pointer);
      // Whoever reads the one before misses nothing: this one takes its place when it can answer everything.
      if (this.#corpus !== undefined) await corpus.whole;
      if (!this.#isDamaged()) this.#serve(corpus, start, 'corpus active');
    } catch (error) {
      this.#loadAgainAt = performance.now() + RELOAD_AFTER_MS;
      log.error({ err: error, corpus: pointer.version }, 'corpus could not be loaded');
      if (this.#corpus === undefined) this.#replace(pointer);
    } finally {
      this.#loading = false;
    }
  }

  /** Looks for a fallback; requests wait for it. */
  #replace(pointer: Pointer): void {
    this.#replacing ??= this.#serveFallback(pointer).finally(() => {
      this.#loadAgainAt = performance.now() + RELOAD_AFTER_MS;
      this.#replacing = undefined;
    });
  }

  async #serveFallback(pointer: Pointer): Promise<void> {
    const { fallback, log } = this.#options;
    const start = performance.now();
    try {
      const corpus = await fallback(pointer);
      if (corpus === undefined) log.error({ corpus: pointer.version }, 'no fallback is sound');
      else if (this.#corpus === undefined) this.#serve(corpus, start, 'fallback active');
    } catch (error) {
      log.error({ err: error, corpus: pointer.version }, 'no fallback could be loaded');
    }
  }

  #serve(corpus: ServedCorpus, start: number, message: string): void {
    if (this.#closed) return;
    this.#corpus = corpus;
    if (this.#state === 'starting') this.#state = 'serving';
    const { version, key } = corpus;
    const ms = () => Math.round(performance.now() - start);
    this.#options.log.info({ corpus: version, key, ms: ms() }, message);
    corpus.whole.then(
      ({ search: { buildMs, index } }) => {
        this.#isPrepared = true;
        const sizes = { indexMs: Math.round(buildMs), indexBytes: indexBytes(index) };
        this.#options.log.info({ corpus: version, key, ms: ms(), ...sizes }, 'corpus searchable');
      },
      (error: unknown) => this.#abandon(corpus, error),
    );
  }

  /** What it holds in memory could not be loaded: it is loaded again, and a fallback is served meanwhile. */
  #abandon(corpus: ServedCorpus, error: unknown): void {
    if (this.#closed || this.#corpus !== corpus) return;
    this.#options.log.error({ err: error, corpus: corpus.version }, 'corpus could not be loaded');
    this.#corpus = undefined;
    this.#loadAgainAt = performance.now() + RELOAD_AFTER_MS;
    if (this.#pointer !== undefined) this.#replace(this.#pointer);
  }
}

/** Whether a corpus is what the pointer names, of this very activation: a repaired graph bears the version of the damaged one. */
function isOf(corpus: ServedCorpus | undefined, { version, activation }: Pointer): boolean {
  return corpus?.version === version && corpus.activation === activation;
}
