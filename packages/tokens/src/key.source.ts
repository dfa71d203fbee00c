import {
  createRemoteJWKSet,
  customFetch,
  type FetchImplementation,
  type JWTVerifyGetKey,
} from 'jose';

export interface KeySourceOptions {
  /** Where accounts publishes its keys. */
  jwksUrl: string;
  /** Keys older than that are fetched again, while the old ones go on being used: so long one may still be trusted that was withdrawn. Milliseconds. */
  refreshAfter: number;
  /** An unknown key makes us look again, no more often than that, nor after a failure. Milliseconds. */
  cooldown: number;
  /** For one fetch. Milliseconds. */
  timeout: number;
  /** Told when a refresh in the background fails. */
  onRefreshFailed?: ((error: unknown) => void) | undefined;
}

export interface KeySource {
  /** The key of a token. */
  find: JWTVerifyGetKey;
  /** Looks in the background for what has changed, when it is time to; costs nothing otherwise. */
  refresh(): void;
  /** Whether a key is published, as far as is known. */
  has(kid: string): boolean;
}

/**
 * The published keys, fetched when first needed and kept for as long as accounts cannot be reached:
 * its absence signs nobody out.
 */
export function openKeySource(options: KeySourceOptions): KeySource {
  const { jwksUrl, refreshAfter, cooldown, timeout, onRefreshFailed } = options;
  let askedAt = Number.NEGATIVE_INFINITY;
  let failedAt = Number.NEGATIVE_INFINITY;
  let published: ReadonlySet<string> = new Set();
  const guardedFetch: FetchImplementation = async (url, init) => {
    askedAt = performance.now();
    if (askedAt - failedAt < cooldown)
      throw new Error('The keys could not be fetched a moment ago.');
    try {
      const response = await fetch(url, init);
      if (response.status !== 200) throw new Error(`The keys answered ${response.status}.`);
      const { keys } = (await response.clone().json()) as { keys: { kid: string }[] };
      published = new Set(keys.map(({ kid }) => kid));
      return response;
    } catch (error) {
      failedAt = performance.now();
      throw error;
    }
  };
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: timeout,
    cooldownDuration: cooldown,
    cacheMaxAge: Number.POSITIVE_INFINITY,
    [customFetch]: guardedFetch,
  });
  const refresh = (): void => {
    if (performance.now() - askedAt <= refreshAfter || published.size === 0) return;
    askedAt = performance.now();
    keys.reload().catch((error: unknown) => onRefreshFailed?.(error));
  };
  return {
    refresh,
    has: (kid) => published.has(kid),
    find(header, token) {
      refresh();
      return keys(header, token);
    },
  };
}
