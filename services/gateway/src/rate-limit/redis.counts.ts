import { createRedis, type RedisClient } from '@gospelib/tokens';
import type { FastifyBaseLogger } from 'fastify';
import type { SharedCounts } from './rate.limiter.ts';

/** Counts of requests in Redis, `rate:<quota>:<window>:<key>`. Callers never wait for a lost connection. */
export class RedisCounts {
  readonly #windowMs: number;
  readonly #client: RedisClient;

  constructor(url: () => string, windowMs: number, log: FastifyBaseLogger) {
    this.#windowMs = windowMs;
    this.#client = createRedis(
      url,
      (err) => log.warn({ err }, 'redis is unavailable: each gateway limits by its own counts'),
      () => log.info('redis is available again: counts are shared'),
    );
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
