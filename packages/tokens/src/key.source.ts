import {
  createRemoteJWKSet,
  customFetch,
  type FetchImplementation,
  type JWTVerifyGetKey,
} from 'jose';
import { z } from 'zod';

/** The part of a published key set (RFC 7517) that is used here; jose checks the keys themselves. */
const publishedKeys = z.object({ keys: z.array(z.object({ kid: z.string() })) });

export interface KeySourceOptions {
  /** The address at which accounts publishes its keys. */
  jwksUrl: string;
  /**
   * Age at which keys are fetched again, ms. The old ones stay in use meanwhile, so a withdrawn key may be trusted for
   * this long.
   */
  refreshAfter: number;
  /** Least time between two fetches for unknown keys, and after a failure, ms. */
  cooldown: number;
  /** Timeout of one fetch, ms. */
  timeout: number;
  /** Called when a refresh in the background fails. */
  onRefreshFailed?: ((error: unknown) => void) | undefined;
}

export interface KeySource {
  /** Finds the key of a token. */
  find: JWTVerifyGetKey;
  /** Fetches the keys in the background before the first token needs them, and again until they are there. */
  prefetch(): void;
  /** Refreshes the keys in the background when they are due; otherwise does nothing. */
  refresh(): void;
  /** Whether a key is published, as far as we know. */
  has(kid: string): boolean;
}

/**
 * The published keys: fetched when first needed or before, and kept while accounts is unreachable, so that its outage signs
 * nobody out.
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
      const { keys } = publishedKeys.parse(await response.clone().json());
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
  const prefetch = (): void => {
    if (published.size > 0) return;
    keys.reload().catch(() => setTimeout(prefetch, cooldown + 1).unref());
  };
  return {
    prefetch,
    refresh,
    has: (kid) => published.has(kid),
    find(header, token) {
      refresh();
      return keys(header, token);
    },
  };
}
