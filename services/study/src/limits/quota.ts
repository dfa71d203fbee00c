import { ProblemError } from '@gospelib/service-kit';
import { LRUCache } from 'lru-cache';

/** How long a count is trusted, ms: another instance may have added items meanwhile. */
const trustedFor = 5 * 60_000;
/** Nobody's items are counted more often, ms, however often they ask for more than the limit. */
const countedEvery = 1000;
const readersKnown = 10_000;

/** Items of a kind, and the bytes of what their reader wrote in them. */
export interface Usage {
  items: number;
  bytes: number;
}

/** The problem of one more than the limit. */
export type Refusal = (limit: Usage, of: keyof Usage) => ProblemError;

/**
 * Limits how many items of a kind each reader may keep, and how large they may be together. Counting on every write
 * would cost more than the write, so items are counted every few minutes and when the limit seems reached. Between two
 * counts what is changed counts as added. Instances that add at the same time may exceed the limit by what they add
 * meanwhile.
 */
export class Quota {
  readonly #limit: Usage;
  readonly #refusal: Refusal;
  readonly #count: (userId: string) => Promise<Usage>;
  readonly #known = new LRUCache<string, Usage & { countedAt: number }>({
    max: readersKnown,
    ttl: trustedFor,
  });

  constructor(limit: Usage, refusal: Refusal, count: (userId: string) => Promise<Usage>) {
    this.#refusal = refusal;
    this.#limit = limit;
    this.#count = count;
  }

  /** Reserves room for one more item. @throws ProblemError limit-reached */
  take(userId: string, bytes: number): Promise<void> {
    return this.#reserve(userId, { items: 1, bytes });
  }

  /**
   * Runs work that reserves room for one more item when it knows its bytes. The room is released when the work fails.
   * @throws ProblemError limit-reached
   */
  async reserving<T>(
    userId: string,
    work: (reserve: (bytes: number) => Promise<void>) => Promise<T>,
  ): Promise<T> {
    let reserved: number | undefined;
    try {
      return await work(async (bytes) => {
        await this.take(userId, bytes);
        reserved = bytes;
      });
    } catch (error) {
      if (reserved !== undefined) this.giveBack(userId, reserved);
      throw error;
    }
  }

  /** Reserves room for a change of an item. @throws ProblemError limit-reached */
  change(userId: string, bytes: number): Promise<void> {
    return this.#reserve(userId, { items: 0, bytes });
  }

  /** Releases the room of an item that was reserved and not used, or that is gone. */
  giveBack(userId: string, bytes: number): void {
    const known = this.#known.get(userId);
    if (!known) return;
    known.items -= 1;
    known.bytes -= bytes;
  }

  /** Checks a count taken after many items were added at once. @throws ProblemError limit-reached */
  check(userId: string, usage: Usage): void {
    this.#known.delete(userId);
    const fault = this.#fault(usage);
    if (fault) throw fault;
  }

  async #reserve(userId: string, more: Usage): Promise<void> {
    let known = this.#known.get(userId);
    if (!known || (this.#fault(sum(known, more)) && Date.now() - known.countedAt >= countedEvery)) {
      known = { ...(await this.#count(userId)), countedAt: Date.now() };
      this.#known.set(userId, known);
    }
    const wanted = sum(known, more);
    const fault = this.#fault(wanted);
    if (fault) throw fault;
    Object.assign(known, wanted);
  }

  #fault({ items, bytes }: Usage): ProblemError | undefined {
    const limit = this.#limit;
    if (items > limit.items) return this.#refusal(limit, 'items');
    return bytes > limit.bytes ? this.#refusal(limit, 'bytes') : undefined;
  }
}

/** @param plural what there are too many of, e.g. `notes` */
export function deleteSome(plural: string): Refusal {
  return (limit, of) =>
    new ProblemError(
      'limit-reached',
      of === 'items'
        ? `There can be ${limit.items} ${plural}, and no more; delete some first.`
        : `Your ${plural} can have ${limit.bytes} bytes together, and no more; delete or shorten some first.`,
    );
}

function sum(one: Usage, other: Usage): Usage {
  return { items: one.items + other.items, bytes: one.bytes + other.bytes };
}
