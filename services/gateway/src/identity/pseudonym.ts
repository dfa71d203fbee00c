import { createHmac, randomBytes } from 'node:crypto';

/** Some two megabytes. */
const mostKnown = 10_000;

/**
 * A name by which the log lines of one account are found together, and nobody is recognised. It is another one after
 * each start.
 */
export class Pseudonyms {
  readonly #key = randomBytes(32);
  /** Of those who were here lately: made for each line, it costs half of what a request does. */
  readonly #known = new Map<string, string>();

  of(userId: string): string {
    const known = this.#known.get(userId);
    if (known !== undefined) return known;
    const made = createHmac('sha256', this.#key).update(userId).digest('base64url').slice(0, 12);
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(userId, made);
    return made;
  }

  /** The number of accounts in memory. */
  get size(): number {
    return this.#known.size;
  }
}
