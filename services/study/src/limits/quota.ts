import { ProblemError } from '@gospelib/service-kit';
import { LRUCache } from 'lru-cache';

/** How long a counted number is believed, ms: another instance may have added meanwhile. */
const believedFor = 5 * 60_000;
const readersKnown = 10_000;

/**
 * Bounds how many things of a kind each reader keeps. Counting on every write would cost more than the write, so a
 * number is counted every few minutes and when the shelf seems full; instances that add at the same time may pass the
 * limit by what they add meanwhile.
 */
export class Quota {
  readonly #limit: number;
  readonly #plural: string;
  readonly #count: (userId: string) => Promise<number>;
  readonly #known = new LRUCache<string, { count: number }>({
    max: readersKnown,
    ttl: believedFor,
  });

  constructor(plural: string, limit: number, count: (userId: string) => Promise<number>) {
    this.#plural = plural;
    this.#limit = limit;
    this.#count = count;
  }

  /** Takes room for one more. @throws ProblemError limit-reached */
  async take(userId: string): Promise<void> {
    let known = this.#known.get(userId);
    if (!known || known.count >= this.#limit) {
      known = { count: await this.#count(userId) };
      this.#known.set(userId, known);
    }
    if (known.count >= this.#limit) throw this.#fault();
    known.count += 1;
  }

  /** Gives back room that was taken and not used. */
  giveBack(userId: string): void {
    const known = this.#known.get(userId);
    if (known) known.count -= 1;
  }

  /** Makes sure of a number that was counted after many were added at once. @throws ProblemError limit-reached */
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
