import { ProblemError } from '@gospelib/service-kit';
import { LRUCache } from 'lru-cache';

/** How long a count is trusted, ms: another instance may have added items meanwhile. */
const trustedFor = 5 * 60_000;
const readersKnown = 10_000;

/**
 * Limits how many items of a kind each reader may keep. Counting on every write would cost more than the write, so
 * items are counted every few minutes and when the limit seems reached. Instances that add at the same time may
 * exceed the limit by what they add meanwhile.
 */
export class Quota {
  readonly #limit: number;
  readonly #plural: string;
  readonly #count: (userId: string) => Promise<number>;
  readonly #known = new LRUCache<string, { count: number }>({
    max: readersKnown,
    ttl: trustedFor,
  });

  constructor(plural: string, limit: number, count: (userId: string) => Promise<number>) {
    this.#plural = plural;
    this.#limit = limit;
    this.#count = count;
  }

  /** Reserves a slot for one more item. @throws ProblemError limit-reached */
  async take(userId: string): Promise<void> {
    let known = this.#known.get(userId);
    if (!known || known.count >= this.#limit) {
      known = { count: await this.#count(userId) };
      this.#known.set(userId, known);
    }
    if (known.count >= this.#limit) throw this.#fault();
    known.count += 1;
  }

  /** Releases a slot that was reserved and not used. */
  giveBack(userId: string): void {
    const known = this.#known.get(userId);
    if (known) known.count -= 1;
  }

  /** Checks a count taken after many items were added at once. @throws ProblemError limit-reached */
  check(userId: string, count: number): void {
    this.#known.delete(userId);
    if (count > this.#limit) throw this.#fault();
  }

  #fault(): ProblemError {
    return new ProblemError(
      'limit-reached',
      `There can be ${this.#limit} ${this.#plural}, and no more; delete some first.`,
    );
  }
}
