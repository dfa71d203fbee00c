import { tokenClaims } from '@gospelib/contracts';
import { errors, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { type KeySource, openKeySource } from './key.source.ts';
import type { RevocationList } from './revocation/revocation.list.ts';
import { InvalidTokenError, KeysUnavailableError, type TokenFault } from './token.error.ts';

/** The user of a verified token. */
export interface Identity {
  userId: string;
  sessionId: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

export interface TokenVerifierOptions {
  /** e.g. `http://accounts:8200/api/v1/auth/jwks`. */
  jwksUrl: string;
  /** The `iss` of every token: the public address of the site. */
  issuer: string;
  /** The `aud` of every token. Default `gospelib`. */
  audience?: string;
  /** Number of verified tokens to cache, default 10,000 (about 10 MB when full). */
  cacheSize?: number;
  /** How far clocks may differ, seconds, default 5. */
  clockTolerance?: number;
  /** Age at which keys are fetched again, ms, default 30,000. A withdrawn key may be trusted for this long. */
  refreshAfter?: number;
  /** Least time between two fetches for unknown keys, and after a failure, ms, default 1,000. */
  cooldown?: number;
  /** Timeout for fetching the keys, ms, default 1,000. */
  timeout?: number;
  /** The sessions that were ended. Without a list a token is good until it expires. */
  revocations?: Pick<RevocationList, 'has' | 'fresh'>;
  onRefreshFailed?: (error: unknown) => void;
}

export interface TokenVerifier {
  /**
   * Verifies a JWT once, then caches the result until the token expires or its key is withdrawn; that it was refused,
   * for a few seconds.
   * @throws InvalidTokenError for the caller's fault, KeysUnavailableError for ours
   */
  verify(token: string): Promise<Identity>;
  /** Fetches the keys before the first token needs them: who has just started answers as quickly as others. */
  prefetch(): void;
  /** The identity of a token in the cache; undefined says nothing about the token. Checks no signature. */
  peek(token: string): Identity | undefined;
}

/** More than the length of our tokens; a longer one is not even decoded. */
const longestToken = 2048;
/** The longest lifetime of a token, whoever signed it, seconds. */
const longestLife = 600;
/** Only the algorithm that accounts uses: never `none`, never a shared secret. */
const algorithms = ['EdDSA'];

/** How many refused tokens are remembered, apart from the good ones, and for how long, ms. */
const refusals = { max: 1000, ttl: 5000, ttlResolution: 0, perf: { now: () => Date.now() } };
/** What may be otherwise at the next look, however soon. */
const passing: ReadonlySet<TokenFault> = new Set(['unknown-key', 'unproven']);

/**
 * While a verifier cannot learn which sessions were ended, a token counts for this long from when it was made, seconds: who
 * still has a session gets another, who has none gets none.
 */
export const lifeWithoutList = 60;

/** Fetches no keys before the first token, unless it is told to. */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { issuer, audience = 'gospelib', cacheSize = 10_000, clockTolerance = 5 } = options;
  const keys = openKeySource({
    jwksUrl: options.jwksUrl,
    refreshAfter: options.refreshAfter ?? 30_000,
    cooldown: options.cooldown ?? 1000,
    timeout: options.timeout ?? 1000,
    onRefreshFailed: options.onRefreshFailed,
  });
  const { revocations } = options;
  const known = new LRUCache<string, Known>({ max: cacheSize });
  const refused = new LRUCache<string, TokenFault>(refusals);

  const ended = ({ identity, issuedAt }: Known): TokenFault | undefined => {
    if (revocations === undefined) return undefined;
    if (revocations.has(identity.sessionId)) return 'revoked';
    const young = Date.now() < issuedAt + (lifeWithoutList + clockTolerance) * 1000;
    return young || revocations.fresh ? undefined : 'unproven';
  };

  const peek = (token: string): Identity | undefined => {
    const kept = known.get(token);
    if (kept === undefined) return undefined;
    keys.refresh();
    const good = kept.identity.expiresAt > Date.now() && keys.has(kept.kid);
    if (good && ended(kept) === undefined) return kept.identity;
    known.delete(token);
    return undefined;
  };

  return {
    prefetch: () => keys.prefetch(),
    peek,
    async verify(token) {
      const kept = peek(token);
      if (kept !== undefined) return kept;
      if (token.length > longestToken) throw new InvalidTokenError('malformed');
      const before = refused.get(token);
      if (before !== undefined) throw new InvalidTokenError(before);
      let checked: Known;
      try {
        checked = await check(token, keys, { issuer, audience, clockTolerance });
        const fault = ended(checked);
        if (fault !== undefined) throw new InvalidTokenError(fault);
      } catch (error) {
        if (error instanceof InvalidTokenError && !passing.has(error.fault)) {
          refused.set(token, error.fault);
        }
        throw error;
      }
      // Within the clock tolerance a token may already be expired: accepted once, but not cached.
      if (checked.identity.expiresAt > Date.now()) known.set(token, checked);
      return checked.identity;
    },
  };
}

interface Known {
  identity: Identity;
  /** The id of the signing key. */
  kid: string;
  /** Milliseconds since 1970. */
  issuedAt: number;
}

async function check(
  token: string,
  keys: KeySource,
  rules: { issuer: string; audience: string; clockTolerance: number },
): Promise<Known> {
  let payload: unknown;
  let kid: string | undefined;
  try {
    const verified = await jwtVerify(token, keys.find, {
      ...rules,
      algorithms,
      requiredClaims: ['sub', 'sid', 'iat', 'exp'],
      maxTokenAge: longestLife,
    });
    payload = verified.payload;
    kid = verified.protectedHeader.kid;
  } catch (cause) {
    throw translate(cause);
  }
  const claims = tokenClaims.safeParse(payload);
  // A token that does not name its key could not be revoked with it.
  if (!claims.success || claims.data.exp - claims.data.iat > longestLife || kid === undefined) {
    throw new InvalidTokenError('claims');
  }
  const { sub, sid, iat, exp } = claims.data;
  return {
    identity: { userId: sub, sessionId: sid, expiresAt: exp * 1000 },
    kid,
    issuedAt: iat * 1000,
  };
}

const faults: Readonly<Record<string, TokenFault>> = {
  [errors.JWSInvalid.code]: 'malformed',
  [errors.JWTInvalid.code]: 'malformed',
  [errors.JOSENotSupported.code]: 'malformed',
  [errors.JOSEAlgNotAllowed.code]: 'algorithm',
  [errors.JWKSNoMatchingKey.code]: 'unknown-key',
  [errors.JWKSMultipleMatchingKeys.code]: 'unknown-key',
  [errors.JWSSignatureVerificationFailed.code]: 'signature',
  [errors.JWTExpired.code]: 'expired',
  [errors.JWTClaimValidationFailed.code]: 'claims',
};

function translate(cause: unknown): Error {
  const fault = cause instanceof errors.JOSEError ? faults[cause.code] : undefined;
  if (fault !== undefined) return new InvalidTokenError(fault, { cause });
  return new KeysUnavailableError('The keys of the tokens cannot be fetched.', { cause });
}
