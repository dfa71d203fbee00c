import { ProblemError, type Service } from '@gospelib/service-kit';
import {
  bearerToken,
  createTokenVerifier,
  InvalidTokenError,
  type TokenVerifier,
  type TokenVerifierOptions,
} from '@gospelib/tokens';

declare module 'fastify' {
  interface FastifyRequest {
    /** From the verified token, and from nowhere else. */
    userId: string;
  }
}

/** The only addresses that are for everyone: probes, numbers, the description, and what a reader shares by its secret link. */
const open = new Set([
  '/health',
  '/ready',
  '/metrics',
  '/api/v1/study/openapi.json',
  '/api/v1/study/shared/:link',
]);

/** Whatever the gateway did, each request to anything else, known address or not, must bring a valid token. */
export function requireSignIn(app: Service, options: TokenVerifierOptions): void {
  const verifier = createTokenVerifier({
    ...options,
    onRefreshFailed: (err) => app.log.warn({ err }, 'the keys of the tokens were not refreshed'),
  });
  app.decorateRequest('userId', '');
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'private, no-store');
    if (open.has(request.routeOptions.url ?? '')) return;
    const token = bearerToken(request.headers.authorization);
    if (token === undefined) throw unauthenticated('Bearer');
    request.userId = await userOf(token, verifier);
  });
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
