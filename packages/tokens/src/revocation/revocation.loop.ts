import { setTimeout as wait } from 'node:timers/promises';
import { createRedis, everyMs, freshForMs, type RedisClient } from './revocation.client.ts';

export interface LoopOptions {
  /** Asked anew for each connection. */
  url: () => string;
  onAway: (error: unknown) => void;
  onBack: () => void;
}

/** Does something with Redis every second and knows whether it did lately. */
export class RevocationLoop {
  readonly #client: RedisClient;
  readonly #work: (client: RedisClient) => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #doneAt = Number.NEGATIVE_INFINITY;

  constructor({ url, onAway, onBack }: LoopOptions, work: (client: RedisClient) => Promise<void>) {
    this.#client = createRedis(url, onAway, onBack);
    this.#work = work;
  }

  get fresh(): boolean {
    return performance.now() - this.#doneAt < freshForMs;
  }

  /** Resolves after the first round, or after a second without Redis. */
  async open(): Promise<void> {
    const connected = this.#client.connect().then(
      () => this.#run(),
      () => undefined,
    );
    this.#timer = setInterval(() => void this.#run(), everyMs);
    this.#timer.unref();
    await Promise.race([connected, wait(1000, undefined, { ref: false })]);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#client.destroy();
    await this.#running;
  }

  /** One round at a time; a failed one is repeated by the next. */
  #run(): Promise<void> {
    if (!this.#client.isReady) return Promise.resolve();
    this.#running ??= this.#work(this.#client)
      .then(
        () => {
          this.#doneAt = performance.now();
        },
        () => undefined,
      )
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }
}
