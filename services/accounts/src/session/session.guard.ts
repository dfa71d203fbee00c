import { describeSecurity, ProblemError, type Service } from '@gospelib/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { authHeaders, sendCookies } from '../auth/auth.headers.ts';
import type { Auth } from '../auth/auth.ts';

/** The signed-in reader of a request, read from the store for each request. */
export interface SignedIn {
  userId: string;
  sessionId: string;
  /** When the session began: dangerous actions require a recent one. */
  since: Date;
  email: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    signedIn: SignedIn | undefined;
  }
}

/** Requires signing in for the routes of `scope`; call it before they are registered. */
export function requireSignedIn(scope: Service, auth: Auth): void {
  describeSecurity(scope, () => 'session');
  scope.decorateRequest('signedIn', undefined);
  scope.addHook('onRequest', async (request, reply) => {
    request.signedIn = await readSession(auth, request, reply);
  });
}

/** The signed-in reader of a route in such a scope. */
export function signedInOf(request: FastifyRequest): SignedIn {
  if (request.signedIn) return request.signedIn;
  throw new ProblemError('unauthenticated', 'Sign in first.');
}

/**
 * Reads the session of the request's cookie and renews it once a day.
 * @throws ProblemError unauthenticated; errors of the store, so that an outage signs nobody out
 */
export async function readSession(
  auth: Auth,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignedIn> {
  const { response, headers } = await auth.api.getSession({
    headers: authHeaders(request),
    returnHeaders: true,
  });
  sendCookies(reply, headers);
  if (!response) throw new ProblemError('unauthenticated', 'Sign in first.');
  const { session, user } = response;
  return {
    userId: user.id,
    sessionId: session.id,
    since: session.createdAt,
    email: user.email,
  };
}
