import type { Flat } from '../security/security.headers.ts';

const exposed = 'etag, retry-after, x-request-id, ratelimit, ratelimit-policy';

/** Which pages of other origins may read the API. Without a list no header is ever sent: browsers then refuse. */
export class Cors {
  readonly #origins: ReadonlySet<string>;

  constructor(origins: readonly string[]) {
    this.#origins = new Set(origins);
  }

  get active(): boolean {
    return this.#origins.size > 0;
  }

  allows(origin: string | undefined): boolean {
    return origin !== undefined && this.#origins.has(origin);
  }

  /** For an answer to a request with this Origin header. */
  headers(origin: string | undefined): Flat {
    if (!this.active) return [];
    if (origin === undefined || !this.allows(origin)) return ['vary', 'Origin'];
    return [
      'vary',
      'Origin',
      'access-control-allow-origin',
      origin,
      'access-control-expose-headers',
      exposed,
    ];
  }

  /** For a preflight; the browser compares what it wants with what is allowed. */
  preflight(): Readonly<Record<string, string>> {
    return {
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': 'accept, content-type, if-none-match, traceparent',
      'access-control-max-age': '86400',
    };
  }
}
