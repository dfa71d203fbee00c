import { keys, type Pointer } from '@gospelib/graph';
import { ProblemError } from '@gospelib/service-kit';
import { indexBytes } from '../search/search.index.ts';
import type { Corpus } from './corpus.ts';
import { withTimeout } from './promise.timeout.ts';

export interface CorpusWatchOptions {
  /** What is active in the store; undefined when nothing is. Rejects when the store is away. */
  readonly pointer: () => Promise<Pointer | undefined>;
  readonly load: (pointer: Pointer) => Promise<Corpus>;
  /** A corpus to serve while the graph that the pointer names is damaged; undefined when the store has none that is sound. */
  readonly standIn: (pointer: Pointer) => Promise<Corpus | undefined>;
  /** Time between two looks at the pointer, ms. */
  readonly pollMs: number;
  readonly log: WatchLog;
}

export interface WatchLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

type Standing = 'starting' | 'serving' | 'no-corpus' | 'away';

/** With the time between two looks, a store that hangs is known to be away within a second. */
const PATIENCE_MS = 500;
/** After nothing could be loaded it is tried again so much later, ms; at once when the pointer has moved. */
const RELOAD_AFTER_MS = 1000;

/**
 * Follows the pointer of the store. What it names anew is loaded beside what is served and takes its place at once, a
 * mended graph of the same version too. While the store does not answer nothing is served, since what is active
 * cannot be confirmed; it goes on by itself, with the corpus that it has, when the store is back. A corpus that is
 * condemned is never served again: requests wait until another one stands in.
 */
export class CorpusWatch {
  readonly #options: CorpusWatchOptions;
  #corpus: Corpus | undefined;
  #standing: Standing = 'starting';
  #pointer: Pointer | undefined;
  readonly #condemned = new WeakSet<Corpus>();
  /** The activation that is known to be damaged: it is not loaded again. */
  #damaged: string | undefined;
  #loading = false;
  #replacing: Promise<void> | undefined;
  #loadAgainAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #looking: Promise<void> | undefined;

  constructor(options: CorpusWatchOptions) {
    this.#options = options;
  }

  /** Looks once, then again and again until {@link close}. */
  async start(): Promise<void> {
    await this.look();
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.start(), this.#options.pollMs);
  }

  /** Looks now: for whoever learns that the store went away or came back. Never rejects. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** What the pointer of the store names. */
  get pointer(): Pointer | undefined {
    return this.#pointer;
  }

  /** What is served: what the pointer names, or what stands in for it. */
  get corpus(): Corpus | undefined {
    return this.#corpus;
  }

  /** While another corpus takes the place of a condemned one: resolves when that is decided. */
  get replacing(): Promise<void> | undefined {
    return this.#replacing;
  }

  isCondemned(corpus: Corpus): boolean {
    return this.#condemned.has(corpus);
  }

  /** Stops serving a corpus whose graph turned out to be damaged, and looks for another one. */
  condemn(corpus: Corpus): void {
    this.#condemned.add(corpus);
    if (this.#corpus !== corpus) return;
    this.#corpus = undefined;
    if (this.#pointer === undefined) return;
    // The graph under this name is damaged, whether or not what the pointer names by now is loaded already.
    if (corpus.key === keys.graph(this.#pointer.version)) this.#damaged = this.#pointer.activation;
    this.#replace(this.#pointer);
  }

  /** The corpus to answer from. @throws ProblemError 503 that says why there is none */
  current(): Corpus {
    if (this.#standing === 'serving' && this.#corpus) return this.#corpus;
    if (this.#standing === 'no-corpus') {
      throw new ProblemError(
        'no-corpus',
        'The store holds no active corpus yet. Run the ingest (./gl ingest); this service begins to serve by itself.',
        { retryAfter: 5 },
      );
    }
    if (this.#standing === 'away') {
      throw new ProblemError('store-unavailable', 'The graph does not answer at the moment.', {
        retryAfter: 1,
      });
    }
    if (this.#isDamaged()) {
      throw new ProblemError(
        'corpus-damaged',
        'The graph is damaged and the store has nothing that could stand in. It is served again once it is mended.',
        { retryAfter: 5 },
      );
    }
    throw new ProblemError('store-unavailable', 'The corpus is being loaded.', { retryAfter: 1 });
  }

  /**
   * Whether requests should come here. A damaged graph is no reason against: every replica reads the same one, so there
   * would be nowhere else to go, and a restart mends nothing.
   * @throws ProblemError
   */
  assertReady(): void {
    if (this.#standing !== 'away' && this.#isDamaged()) return;
    this.current();
  }

  async #look(): Promise<void> {
    const { log } = this.#options;
    let pointer: Pointer | undefined;
    try {
      pointer = await withTimeout(PATIENCE_MS, this.#options.pointer());
    } catch (error) {
      if (this.#closed) return;
      if (this.#standing !== 'away') log.warn({ err: error }, 'store away: nothing is served');
      this.#standing = 'away';
      return;
    }
    if (pointer?.activation !== this.#pointer?.activation) this.#loadAgainAt = 0;
    this.#pointer = pointer;
    if (pointer === undefined) {
      if (this.#standing !== 'no-corpus') log.warn({}, 'no corpus is active: run the ingest');
      this.#standing = 'no-corpus';
      this.#corpus = undefined;
      return;
    }
    const { version } = pointer;
    if (this.#standing === 'away' && this.#corpus) log.info({ corpus: version }, 'store back');
    if (pointer.quarantined) this.#heed(pointer);
    this.#standing = this.#corpus ? 'serving' : 'starting';
    if (this.#loading || isOf(this.#corpus, pointer)) return;
    if (performance.now() < this.#loadAgainAt) return;
    if (!this.#isDamaged()) void this.#load(pointer);
    else if (this.#corpus === undefined) this.#replace(pointer);
  }

  /** Somebody else has found the graph damaged, by a closer look than ours. */
  #heed(pointer: Pointer): void {
    if (this.#isDamaged()) return;
    this.#options.log.warn({ corpus: pointer.version }, 'graph condemned');
    this.#damaged = pointer.activation;
    if (isOf(this.#corpus, pointer)) this.condemn(this.#corpus as Corpus);
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
      if (!this.#isDamaged()) this.#serve(corpus, start, 'corpus active');
    } catch (error) {
      this.#loadAgainAt = performance.now() + RELOAD_AFTER_MS;
      log.error({ err: error, corpus: pointer.version }, 'corpus could not be loaded');
      if (this.#corpus === undefined) this.#replace(pointer);
    } finally {
      this.#loading = false;
    }
  }

  /** Looks for a corpus that can stand in; requests wait for it. */
  #replace(pointer: Pointer): void {
    this.#replacing ??= this.#standIn(pointer).finally(() => {
      this.#loadAgainAt = performance.now() + RELOAD_AFTER_MS;
      this.#replacing = undefined;
    });
  }

  async #standIn(pointer: Pointer): Promise<void> {
    const { standIn, log } = this.#options;
    const start = performance.now();
    try {
      const corpus = await standIn(pointer);
      if (corpus === undefined) log.error({ corpus: pointer.version }, 'nothing can stand in');
      else if (this.#corpus === undefined) this.#serve(corpus, start, 'another graph stands in');
    } catch (error) {
      log.error({ err: error, corpus: pointer.version }, 'nothing could stand in');
    }
  }

  #serve(corpus: Corpus, start: number, message: string): void {
    if (this.#closed) return;
    this.#corpus = corpus;
    if (this.#standing === 'starting') this.#standing = 'serving';
    const ms = Math.round(performance.now() - start);
    const indexMs = Math.round(corpus.search.buildMs);
    const bytes = indexBytes(corpus.search.index);
    const { version, key } = corpus;
    this.#options.log.info({ corpus: version, key, ms, indexMs, indexBytes: bytes }, message);
  }
}

/** Whether a corpus is what the pointer names, of this very activation: a mended graph bears the version of the damaged one. */
function isOf(corpus: Corpus | undefined, { version, activation }: Pointer): boolean {
  return corpus?.version === version && corpus.activation === activation;
}
