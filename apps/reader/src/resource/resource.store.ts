import { isPassing, retryDelay } from './resource.retry.ts';

/** The present state of a resource. */
export type Resource<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly error: unknown; readonly retrying: boolean };

export type Load<T> = (signal: AbortSignal) => Promise<T>;

type Entry = {
  state: Resource<unknown>;
  listeners: Set<() => void>;
  load: Load<unknown>;
  running: AbortController | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
  failures: number;
  loadedAt: number;
};

const LOADING: Resource<never> = { status: 'loading' };

/**
 * Answers of the API in memory, each under a key that identifies it completely. One request at a time per key;
 * temporary failures are retried while the resource is used; the least recently used entries are dropped.
 */
export class ResourceStore {
  readonly #entries = new Map<string, Entry>();
  readonly #size: number;
  readonly #freshFor: number;

  /** @param freshFor milliseconds after which a value that is used again is also fetched again */
  constructor({ size = 150, freshFor = 5 * 60_000 } = {}) {
    this.#size = size;
    this.#freshFor = freshFor;
  }

  read<T>(key: string): Resource<T> {
    return (this.#entries.get(key)?.state ?? LOADING) as Resource<T>;
  }

  /** Loads a missing or old value, and calls `listener` on each change until the returned function is called. */
  subscribe<T>(key: string, load: Load<T>, listener: () => void): () => void {
    const entry = this.#open(key, load);
    entry.listeners.add(listener);
    if (!this.#isFresh(entry)) this.#start(entry);
    return () => {
      entry.listeners.delete(listener);
      if (entry.listeners.size === 0) this.#rest(entry);
    };
  }

  /** Loads what will probably be needed; a failure is left to whoever needs it. */
  prefetch<T>(key: string, load: Load<T>): void {
    const entry = this.#open(key, load);
    if (!this.#isFresh(entry)) this.#start(entry);
  }

  retry(key: string): void {
    const entry = this.#entries.get(key);
    if (entry) this.#start(entry);
  }

  /** Refetches in the background everything whose key has this prefix. */
  expire(prefix: string): void {
    for (const [key, entry] of this.#entries) {
      if (!key.startsWith(prefix)) continue;
      entry.loadedAt = Number.NEGATIVE_INFINITY;
      if (entry.listeners.size > 0) this.#start(entry);
    }
  }

  /** Retries all failed resources in use, e.g. when the network is back. */
  retryAll(): void {
    for (const entry of this.#entries.values()) {
      if (entry.state.status === 'failed' && entry.listeners.size > 0) this.#start(entry);
    }
  }

  #open(key: string, load: Load<unknown>): Entry {
    const known = this.#entries.get(key);
    const entry: Entry = known ?? {
      state: LOADING,
      listeners: new Set(),
      load,
      running: undefined,
      timer: undefined,
      failures: 0,
      loadedAt: Number.NEGATIVE_INFINITY,
    };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    for (const [old, { listeners, running }] of this.#entries) {
      if (this.#entries.size <= this.#size) break;
      if (listeners.size === 0 && !running && old !== key) this.#entries.delete(old);
    }
    return entry;
  }

  #isFresh(entry: Entry): boolean {
    return entry.state.status === 'ready' && Date.now() - entry.loadedAt < this.#freshFor;
  }

  #start(entry: Entry): void {
    if (entry.running) return;
    clearTimeout(entry.timer);
    const running = new AbortController();
    entry.running = running;
    entry.load(running.signal).then(
      (value) => {
        entry.running = undefined;
        entry.failures = 0;
        entry.loadedAt = Date.now();
        this.#tell(entry, { status: 'ready', value });
      },
      (error: unknown) => {
        entry.running = undefined;
        this.#fail(entry, error);
      },
    );
  }

  #fail(entry: Entry, error: unknown): void {
    // Keep the old value: it is as good as before.
    if (entry.state.status === 'ready') return;
    entry.failures += 1;
    const retrying = isPassing(error);
    if (retrying && entry.listeners.size > 0) {
      entry.timer = setTimeout(() => this.#start(entry), retryDelay(error, entry.failures));
    }
    this.#tell(entry, { status: 'failed', error, retrying });
  }

  #rest(entry: Entry): void {
    clearTimeout(entry.timer);
    entry.failures = 0;
    if (entry.state.status === 'failed') entry.state = LOADING;
  }

  #tell(entry: Entry, state: Resource<unknown>): void {
    entry.state = state;
    for (const listener of entry.listeners) listener();
  }
}
