/** Counts that several gateways share, by key and window. */
export interface SharedCounts {
  /** False while the store is unavailable: then it is not asked. */
  readonly available: boolean;
  /** Adds to a window's count. @returns the new count, and the count of the window before */
  add(key: string, window: number, points: number): Promise<{ current: number; previous: number }>;
}

export interface RateLimiterOptions {
  /** Requests per key within any `windowMs`, weighed by their cost. */
  limit: number;
  windowMs: number;
  shared: SharedCounts;
  /** Milliseconds since the epoch; for tests. */
  now?: () => number;
}

export interface Verdict {
  allowed: boolean;
  /** Requests left now. */
  remaining: number;
  /** Seconds until the current window ends. */
  resetSeconds: number;
  /** Seconds until this one would be allowed; 0 when it was. */
  retryAfterSeconds: number;
}

interface Tally {
  window: number;
  previous: number;
  /** The current window's count of all gateways, without the two below. */
  known: number;
  /** Sent to the store, but not confirmed. */
  sending: number;
  /** Not yet sent. */
  pending: number;
}

/** Enough for every legitimate reader in a busy minute, in about ten megabytes. */
const mostKeys = 100_000;

/** Tolerance for binary fractions, so that a request at exactly the announced time is not refused again. */
const rounding = 1e-6;

/**
 * A sliding window of two counters: the previous window counts with the share of it that lies within the last
 * `windowMs`. `take` decides at once from local counts; `flush` exchanges counts with the other gateways. So no request
 * waits for the store, and when the store hangs or is down each gateway limits by itself. Several gateways together may
 * exceed the limit by what arrives between two flushes.
 */
export class RateLimiter {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #shared: SharedCounts;
  readonly #now: () => number;
  readonly #tallies = new Map<string, Tally>();
  readonly #unsent = new Set<string>();

  constructor({ limit, windowMs, shared, now = () => Date.now() }: RateLimiterOptions) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#shared = shared;
    this.#now = now;
  }

  /** The number of keys in memory. */
  get size(): number {
    return this.#tallies.size;
  }

  /**
   * Counts a request if it is allowed; refused ones do not prolong the refusal.
   * @param points what it counts for; never more than the limit
   */
  take(key: string, points = 1): Verdict {
    const counts = Math.min(points, this.#limit);
    const now = this.#now();
    const window = Math.floor(now / this.#windowMs);
    const tally = this.#tallyOf(key, window);
    const elapsed = now / this.#windowMs - window;
    const current = tally.known + tally.sending + tally.pending;
    const left = this.#limit - current - tally.previous * (1 - elapsed) + rounding;
    const resetSeconds = Math.ceil(((1 - elapsed) * this.#windowMs) / 1000);
    if (left < counts) {
      const room = this.#limit - counts;
      const retryAfterSeconds = this.#waitSeconds(room, tally.previous, current, elapsed);
      const remaining = Math.max(0, Math.floor(left));
      return { allowed: false, remaining, resetSeconds, retryAfterSeconds };
    }
    tally.pending += counts;
    this.#unsent.add(key);
    return {
      allowed: true,
      remaining: Math.floor(left - counts),
      resetSeconds,
      retryAfterSeconds: 0,
    };
  }

  /** Sends the local counts since the last flush to the store, and reads those of the others. */
  async flush(): Promise<void> {
    if (!this.#shared.available || this.#unsent.size === 0) return;
    const keys = [...this.#unsent];
    this.#unsent.clear();
    await Promise.all(keys.map((key) => this.#flushKey(key)));
  }

  async #flushKey(key: string): Promise<void> {
    const tally = this.#tallies.get(key);
    if (tally === undefined || tally.pending === 0) return;
    const { window } = tally;
    const points = tally.pending;
    tally.pending = 0;
    tally.sending += points;
    try {
      const counts = await this.#shared.add(key, window, points);
      if (tally.window !== window) return;
      tally.sending -= points;
      // The store may have been emptied meanwhile: local counts are kept.
      tally.known = Math.max(tally.known + points, counts.current);
      tally.previous = Math.max(tally.previous, counts.previous);
    } catch {
      // The connection's own listener reports the error; the next flush sends the counts again.
      if (tally.window !== window) return;
      tally.sending -= points;
      tally.pending += points;
      this.#unsent.add(key);
    }
  }

  #tallyOf(key: string, window: number): Tally {
    const known = this.#tallies.get(key);
    if (known?.window === window) return known;
    const last = known?.window === window - 1 ? known : undefined;
    const previous = last ? last.known + last.sending + last.pending : 0;
    const tally: Tally = { window, previous, known: 0, sending: 0, pending: 0 };
    // Moved to the end of the map, so that its beginning is the least recently used.
    this.#tallies.delete(key);
    this.#tallies.set(key, tally);
    if (this.#tallies.size > mostKeys) this.#forgetOldest();
    return tally;
  }

  #forgetOldest(): void {
    for (const key of this.#tallies.keys()) {
      this.#tallies.delete(key);
      return;
    }
  }

  /** @param room the highest count at which the request is allowed */
  #waitSeconds(room: number, previous: number, current: number, elapsed: number): number {
    // During this window the share of the previous one shrinks; after it, the share of this one does.
    const windows =
      current <= room && previous > 0
        ? 1 - (room - current) / previous - elapsed
        : 1 - elapsed + Math.max(0, 1 - room / current);
    return Math.max(1, Math.ceil((windows * this.#windowMs) / 1000));
  }
}
