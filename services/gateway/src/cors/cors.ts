import type { Flat } from '../security/security.headers.ts';

const exposed = 'etag, retry-after, x-request-id, ratelimit, ratelimit-policy';

/** Lets pages of the listed origins read the API. With an empty list no header is sent, and browsers refuse. */
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

  /** The headers of an answer to a request with this Origin header. */
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

  /** The headers of the answer to a preflight; the browser compares them with what it wants to send. */
  preflight(): Readonly<Record<string, string>> {
    return {
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': 'accept, content-type, if-none-match, traceparent',
      'access-control-max-age': '86400',
    };
  }
}
