import { createClient } from '@redis/client';
import type { FastifyBaseLogger } from 'fastify';
import type { SharedCounts } from './rate.limiter.ts';

/** A connection that is silent for this long is dropped, ms; a ping every second keeps a good one alive. */
const silence = 3000;
const pingEvery = 1000;
const slowestReconnect = 2000;

/** Counts of requests in Redis, `rate:<quota>:<window>:<key>`. Callers never wait for a lost connection. */
export class RedisCounts {
  readonly #windowMs: number;
  readonly #client: ReturnType<typeof createClient>;

  constructor(url: string, windowMs: number, log: FastifyBaseLogger) {
    this.#windowMs = windowMs;
    this.#client = createClient({
      url,
      disableOfflineQueue: true,
      pingInterval: pingEvery,
      socket: {
        connectTimeout: 1000,
        socketTimeout: silence,
        reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, slowestReconnect),
      },
    });
    let away = false;
    this.#client.on('error', (error: unknown) => {
      if (!away)
        log.warn({ err: error }, 'redis is unavailable: each gateway limits by its own counts');
      away = true;
    });
    this.#client.on('ready', () => {
      if (away) log.info('redis is available again: counts are shared');
      away = false;
    });
  }

  get available(): boolean {
    return this.#client.isReady;
  }

  /** Resolves at the first connection; the client keeps trying until `close`. */
  async open(): Promise<void> {
    await this.#client.connect();
  }

  /** The counts of one quota. */
  of(quota: string): SharedCounts {
    const counts = this;
    return {
      get available() {
        return counts.available;
      },
      add: (key, window, points) => counts.#add(quota, key, window, points),
    };
  }

  async #add(
    quota: string,
    key: string,
    window: number,
    points: number,
  ): Promise<{ current: number; previous: number }> {
    const name = `rate:${quota}:${window}:${key}`;
    const [current, , previous] = await Promise.all([
      this.#client.incrBy(name, points),
      this.#client.pExpire(name, 2 * this.#windowMs),
      this.#client.get(`rate:${quota}:${window - 1}:${key}`),
    ]);
    return { current, previous: Number(previous ?? 0) };
  }

  close(): void {
    this.#client.destroy();
  }
}
