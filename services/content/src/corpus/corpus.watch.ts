import { ProblemError } from '@gospelib/service-kit';
import { indexBytes } from '../search/search.index.ts';
import type { Corpus } from './corpus.ts';

export interface CorpusWatchOptions {
  /** The version that is active in the store; undefined when none is. Rejects when the store is away. */
  readonly activeVersion: () => Promise<string | undefined>;
  readonly load: (version: string) => Promise<Corpus>;
  /** Time between two looks at the active version, ms. */
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
/** After a version could not be loaded it is tried again so much later, ms. */
const RELOAD_AFTER_MS = 1000;

/**
 * Follows the active corpus version of the store. A new version is loaded beside the one that is served
 * and takes its place at once. While the store does not answer nothing is served, since what is active
 * cannot be confirmed; it goes on by itself, with the corpus that it has, when the store is back.
 */
export class CorpusWatch {
  readonly #options: CorpusWatchOptions;
  #corpus: Corpus | undefined;
  #standing: Standing = 'starting';
  #loading: string | undefined;
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
    const detail =
      this.#standing === 'away'
        ? 'The graph does not answer at the moment.'
        : 'The corpus is being loaded.';
    throw new ProblemError('store-unavailable', detail, { retryAfter: 1 });
  }

  async #look(): Promise<void> {
    const { activeVersion, log } = this.#options;
    let version: string | undefined;
    try {
      version = await within(PATIENCE_MS, activeVersion());
    } catch (error) {
      if (this.#closed) return;
      if (this.#standing !== 'away') log.warn({ err: error }, 'store away: nothing is served');
      this.#standing = 'away';
      return;
    }
    if (version === undefined) {
      if (this.#standing !== 'no-corpus') log.warn({}, 'no corpus is active: run the ingest');
      this.#standing = 'no-corpus';
      this.#corpus = undefined;
      return;
    }
    if (this.#standing === 'away' && this.#corpus) log.info({ corpus: version }, 'store back');
    this.#standing = this.#corpus ? 'serving' : 'starting';
    if (version === this.#corpus?.version || this.#loading !== undefined) return;
    if (performance.now() >= this.#loadAgainAt) void this.#load(version);
  }

  async #load(version: string): Promise<void> {
    const { load, log } = this.#options;
    const start = performance.now();
    this.#loading = version;
    try {
      const corpus = await load(version);
      if (this.#closed) return;
      this.#corpus = corpus;
      if (this.#standing === 'starting') this.#standing = 'serving';
      const ms = Math.round(performance.now() - start);
      const indexMs = Math.round(corpus.search.buildMs);
      const bytes = indexBytes(corpus.search.index);
      log.info({ corpus: version, ms, indexMs, indexBytes: bytes }, 'corpus active');
    } catch (error) {
      this.#loadAgainAt = performance.now() + RELOAD_AFTER_MS;
      log.error({ err: error, corpus: version }, 'corpus could not be loaded');
    } finally {
      this.#loading = undefined;
    }
  }
}

/**
 * The outcome, unless it takes too long. On a busy machine the time may be over before an answer that has
 * arrived was looked at, so what waits to be read is read before it is said to be late.
 */
async function within<T>(milliseconds: number, outcome: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => setImmediate(() => reject(new Error(`No answer within ${milliseconds} ms.`))),
    milliseconds,
  );
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}
