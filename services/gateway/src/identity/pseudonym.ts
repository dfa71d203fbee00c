import { createHmac, randomBytes } from 'node:crypto';

/**
 * A name by which the log lines of one account are found together, and nobody is recognised. It is another one after
 * each start.
 */
export class Pseudonyms {
  readonly #key = randomBytes(32);

  of(userId: string): string {
    return createHmac('sha256', this.#key).update(userId).digest('base64url').slice(0, 12);
  }
}
