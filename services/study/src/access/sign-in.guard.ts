import { describeSecurity, ProblemError, type Service } from '@gospelib/service-kit';
import {
  bearerToken,
  createTokenVerifier,
  InvalidTokenError,
  type TokenVerifier,
  type TokenVerifierOptions,
} from '@gospelib/tokens';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Comes only from the verified token. */
    userId: string;
  }
}

/** The only public routes: probes, metrics, profiles (they have a guard of their own), the API description, and lists shared by their secret link. */
const open = new Set([
  '/health',
  '/ready',
  '/metrics',
  '/debug/pprof/heap',
  '/debug/pprof/profile',
  '/api/v1/study/openapi.json',
  '/api/v1/study/shared/:link',
]);

/** Requires a valid token for every other address, known or not, whatever the gateway has checked. */
export function requireSignIn(app: Service, options: TokenVerifierOptions): void {
  const verifier = createTokenVerifier({
    ...options,
    onRefreshFailed: (err) => app.log.warn({ err }, 'the keys of the tokens were not refreshed'),
  });
  app.addHook('onListen', async () => verifier.prefetch());
  describeSecurity(app, (template) => (open.has(template) ? undefined : 'token'));
  app.decorateRequest('userId', '');
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'private, no-store');
    if (open.has(request.routeOptions.url ?? '') || asksForMethods(request)) return;
    const token = bearerToken(request.headers.authorization);
    if (token === undefined) throw unauthenticated('Bearer');
    request.userId = await userOf(token, verifier);
  });
}

/** Which methods an address has is in the description, for everybody; the gateway asks for its answers with 405. */
function asksForMethods({ method, is404 }: FastifyRequest): boolean {
  return method === 'OPTIONS' && is404;
}

async function userOf(token: string, verifier: TokenVerifier): Promise<string> {
  try {
    return (await verifier.verify(token)).userId;
  } catch (cause) {
    if (cause instanceof InvalidTokenError) {
      throw unauthenticated('Bearer error="invalid_token"', cause);
    }
    throw new ProblemError('unavailable', 'Nobody can be recognised right now.', {
      retryAfter: 1,
      cause,
    });
  }
}

function unauthenticated(challenge: string, cause?: unknown): ProblemError {
  return new ProblemError('unauthenticated', undefined, {
    headers: { 'www-authenticate': challenge },
    cause,
  });
}
