import { sessionParams, sessionsResponse } from '@gospelib/contracts';
import type { Database } from '@gospelib/database';
import { ProblemError, type Service } from '@gospelib/service-kit';
import { z } from 'zod';
import { type EventLog, eventSource } from '../event/event.log.ts';
import { signedInOf } from './session.guard.ts';
import { deleteOtherSessions, deleteSession, listSessions } from './session.repository.ts';

/** The reader's sessions; `scope` must require signing in. */
export function sessionRoutes(scope: Service, database: Database, events: EventLog): void {
  scope.get(
    '/account/sessions',
    {
      schema: {
        summary: 'Your sessions, the newest first',
        tags: ['account'],
        response: { 200: sessionsResponse },
      },
    },
    async (request) => {
      const { userId, sessionId } = signedInOf(request);
      return { items: await listSessions(database, userId, sessionId) };
    },
  );

  scope.delete(
    '/account/sessions/:id',
    {
      schema: {
        summary: 'End one session',
        tags: ['account'],
        params: sessionParams,
        response: { 204: z.void() },
      },
    },
    async (request, reply) => {
      const { userId } = signedInOf(request);
      const { id } = request.params;
      if (!(await deleteSession(database, userId, id))) throw new ProblemError('not-found');
      await events.record('session-revoked', { userId, sessionId: id }, eventSource(request));
      return reply.code(204).send();
    },
  );

  scope.delete(
    '/account/sessions',
    {
      schema: {
        summary: 'End every session but this one',
        tags: ['account'],
        response: { 204: z.void() },
      },
    },
    async (request, reply) => {
      const { userId, sessionId } = signedInOf(request);
      await deleteOtherSessions(database, userId, sessionId);
      await events.record('sessions-revoked', { userId, sessionId }, eventSource(request));
      return reply.code(204).send();
    },
  );
}
