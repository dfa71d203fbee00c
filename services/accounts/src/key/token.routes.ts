import { jwksResponse, tokenResponse } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import type { Auth } from '../auth/auth.ts';
import { readSession } from '../session/session.guard.ts';
import type { KeyRing } from './key.ring.ts';
import { signToken } from './token.signing.ts';

/** Tokens for the other services, and the public keys to verify them. */
export function tokenRoutes(
  api: Service,
  auth: Auth,
  keys: KeyRing,
  /** Seconds. */
  lifetime: () => number,
): void {
  api.get(
    '/auth/token',
    {
      schema: {
        summary: 'A short-lived token for the session of the cookie',
        tags: ['auth'],
        security: [{ session: [] }],
        response: { 200: tokenResponse },
      },
    },
    async (request, reply) => {
      const { userId, sessionId } = await readSession(auth, request, reply);
      const iat = Math.floor(Date.now() / 1000);
      const exp = iat + lifetime();
      const token = await signToken(auth, { sub: userId, sid: sessionId, iat, exp });
      return { token, expiresAt: new Date(exp * 1000).toISOString() };
    },
  );

  api.get(
    '/auth/jwks',
    {
      schema: {
        summary: 'The public keys of the tokens (RFC 7517)',
        tags: ['auth'],
        response: { 200: jwksResponse },
      },
    },
    async (_request, reply) => {
      const answer = await keys.published();
      reply.header('cache-control', 'public, max-age=60');
      return answer;
    },
  );
}
