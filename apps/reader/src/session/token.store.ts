import type { TokenResponse } from '@gospelib/contracts';

/** A token, its owner, and when to stop using it by this device's clock, milliseconds since 1970. */
export type Token = { readonly value: string; readonly owner: string; readonly until: number };

/** The share of a token's lifetime after which a new one is fetched. */
const USED_UP = 0.8;

/** Reads the claims that its owner may rely on; services verify the token. */
export function readToken(value: string, now: number): Token {
  const claims: unknown = JSON.parse(decodeBase64Url(value.split('.')[1] ?? ''));
  const { sub, iat, exp } = (claims ?? {}) as { sub?: unknown; iat?: unknown; exp?: unknown };
  if (typeof sub !== 'string' || typeof iat !== 'number' || typeof exp !== 'number') {
    throw new TypeError('The token has not the claims that tokens have.');
  }
  // By its lifetime: the device's clock may be wrong by hours.
  return { value, owner: sub, until: now + (exp - iat) * 1_000 * USED_UP };
}

function decodeBase64Url(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(binary, (sign) => sign.charCodeAt(0)));
}

/** The session's token, kept in memory only, fetched with one request at a time. */
export class TokenStore {
  readonly #load: () => Promise<TokenResponse>;
  readonly #now: () => number;
  #token: Token | undefined;
  #running: Promise<Token> | undefined;

  constructor(load: () => Promise<TokenResponse>, now: () => number = Date.now) {
    this.#load = load;
    this.#now = now;
  }

  /**
   * A token for `owner`, or for another account if the session has changed.
   * @throws what `load` throws
   */
  async get(owner: string): Promise<Token> {
    const token = this.#token;
    if (token && token.owner === owner && this.#now() < token.until) return token;
    if (!this.#running) return this.#renew();
    const shared = await this.#running;
    // It may have been requested before the session changed accounts.
    return shared.owner === owner ? shared : this.get(owner);
  }

  /** Drops a token that a service refused, unless there is a newer one. */
  drop(value: string): void {
    if (this.#token?.value === value) this.#token = undefined;
  }

  clear(): void {
    this.#token = undefined;
  }

  #renew(): Promise<Token> {
    this.#running = this.#fetch().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #fetch(): Promise<Token> {
    const { token } = await this.#load();
    this.#token = readToken(token, this.#now());
    return this.#token;
  }
}
