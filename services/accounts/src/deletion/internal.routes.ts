import { createHash, timingSafeEqual } from 'node:crypto';
import {
  deletionParams,
  deletionReceipt,
  deletionsQuery,
  deletionsResponse,
} from '@gospelib/contracts';
import type { Database } from '@gospelib/database';
import { ProblemError, type Service } from '@gospelib/service-kit';
import { confirmDeletion, pendingDeletions } from './deletion.repository.ts';

/**
 * For other services only: the gateway has no route here, and every request needs a secret.
 * @param secrets those that count now
 */
export function internalRoutes(
  scope: Service,
  database: Database,
  secrets: () => readonly string[],
): void {
  scope.addHook('onRequest', async (request) => {
    const given = digest(request.headers.authorization ?? '');
    const counts = secrets().map((secret) => timingSafeEqual(given, digest(`Bearer ${secret}`)));
    if (!counts.includes(true)) throw new ProblemError('unauthenticated');
  });

  scope.get(
    '/deletions',
    {
      schema: { hide: true, querystring: deletionsQuery, response: { 200: deletionsResponse } },
    },
    ({ query }) => pendingDeletions(database, query.consumer, query.limit),
  );

  scope.post(
    '/deletions/:userId/receipt',
    { schema: { hide: true, params: deletionParams, body: deletionReceipt } },
    async (request, reply) => {
      const { userId } = request.params;
      const outcome = await confirmDeletion(database, userId, request.body.consumer);
      if (outcome === 'unknown') throw new ProblemError('not-found');
      if (outcome === 'too early') {
        throw new ProblemError('bad-request', 'Tokens of this account may still be valid.');
      }
      return reply.code(204).send();
    },
  );
}

/** Gives every input the same length, for a comparison in constant time. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
