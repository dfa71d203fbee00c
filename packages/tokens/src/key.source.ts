import {
  createRemoteJWKSet,
  customFetch,
  type FetchImplementation,
  type JWTVerifyGetKey,
} from 'jose';

export interface KeySourceOptions {
  /** Where accounts publishes its keys. */
  jwksUrl: string;
  /** Keys older than that are fetched again, while the old ones go on being used. Milliseconds. */
  refreshAfter: number;
  /** An unknown key makes us look again, no more often than that, nor after a failure. Milliseconds. */
  cooldown: number;
  /** For one fetch. Milliseconds. */
  timeout: number;
  /** Told when a refresh in the background fails. */
  onRefreshFailed?: ((error: unknown) => void) | undefined;
}

/**
 * The published keys, fetched when first needed and kept for as long as accounts cannot be reached:
 * its absence signs nobody out.
 */
export function openKeySource(options: KeySourceOptions): JWTVerifyGetKey {
  const { jwksUrl, refreshAfter, cooldown, timeout, onRefreshFailed } = options;
  let askedAt = Number.NEGATIVE_INFINITY;
  let failedAt = Number.NEGATIVE_INFINITY;
  const guardedFetch: FetchImplementation = async (url, init) => {
    askedAt = performance.now();
    if (askedAt - failedAt < cooldown)
      throw new Error('The keys could not be fetched a moment ago.');
    try {
      const response = await fetch(url, init);
      if (response.status !== 200) throw new Error(`The keys answered ${response.status}.`);
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
  return (header, token) => {
    // A key that was withdrawn must not be trusted for longer than it takes to hear of it.
    if (keys.jwks() !== undefined && performance.now() - askedAt > refreshAfter) {
      askedAt = performance.now();
      keys.reload().catch((error: unknown) => onRefreshFailed?.(error));
    }
    return keys(header, token);
  };
}
