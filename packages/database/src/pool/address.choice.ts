import { sqlStateOf } from './database.error.ts';

/** Invalid password; role that may not sign in. */
const signInRefused: ReadonlySet<string | undefined> = new Set(['28P01', '28000']);

export function isSignInRefused(error: unknown): boolean {
  return signInRefused.has(sqlStateOf(error));
}

/**
 * The address that the next connection takes while a password changes. The setting is told of a new password before the
 * server is, or after; whichever of the new and the old one the server takes is the right one.
 */
export class AddressChoice {
  readonly #current: () => string;
  /** The one that a connection last came about with. */
  #proven: string | undefined;
  #refused: string | undefined;

  /** @param current what the setting says now */
  constructor(current: () => string) {
    this.#current = current;
  }

  next(): string {
    const current = this.#current();
    return current === this.#refused ? (this.#proven ?? current) : current;
  }

  /** What came of a connection to `address`. */
  learn(address: string, error: unknown): void {
    if (!error) this.#proven = address;
    else if (!isSignInRefused(error)) return;
    else if (address !== this.#proven) this.#refused = address;
    else {
      this.#proven = undefined;
      this.#refused = undefined;
    }
  }
}
