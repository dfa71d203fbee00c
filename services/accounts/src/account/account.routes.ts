import {
  accountExport,
  accountResponse,
  accountUpdate,
  securityEventsResponse,
} from '@gospelib/contracts';
import type { Database } from '@gospelib/database';
import { type Service, Slots } from '@gospelib/service-kit';
import { type EventLog, eventSource } from '../event/event.log.ts';
import { listEvents } from '../event/event.repository.ts';
import { signedInOf } from '../session/session.guard.ts';
import { exportAccount } from './account.export.ts';
import { readAccount, renameUser } from './account.repository.ts';

const shownEvents = 100;
/** Everything about an account is up to a megabyte or two, and is asked for once in a while. */
const exporting = {
  ...{ perUser: 1, atOnce: 2, waiting: 16, patienceMs: 5_000 },
  rest: { afterMs: 0, times: 6 },
};

/** The reader's own account; `scope` must require signing in. */
export function accountRoutes(scope: Service, database: Database, events: EventLog): void {
  const tags = ['account'];
  const exports = new Slots('exports of an account', exporting);

  scope.get(
    '/account',
    { schema: { summary: 'Your account', tags, response: { 200: accountResponse } } },
    (request) => readAccount(database, signedInOf(request).userId),
  );

  scope.patch(
    '/account',
    {
      schema: {
        summary: 'Change your name',
        tags,
        body: accountUpdate,
        response: { 200: accountResponse },
      },
    },
    async (request) => {
      const { userId } = signedInOf(request);
      await renameUser(database, userId, request.body.name);
      return readAccount(database, userId);
    },
  );

  scope.get(
    '/account/events',
    {
      schema: {
        summary: 'What happened around your account, the newest first',
        tags,
        response: { 200: securityEventsResponse },
      },
    },
    async (request) => ({
      items: await listEvents(database, signedInOf(request).userId, shownEvents),
    }),
  );

  scope.get(
    '/account/export',
    {
      schema: {
        summary: 'Everything this service knows about you',
        description: 'Notes and highlights are exported by study.',
        tags,
        response: { 200: accountExport },
      },
    },
    async (request, reply) => {
      const { userId, sessionId } = signedInOf(request);
      const answer = await exports.run(userId, () => exportAccount(database, userId, sessionId));
      await events.record('data-exported', { userId, sessionId }, eventSource(request));
      reply.header('content-disposition', 'attachment; filename="gospelib-account.json"');
      return answer;
    },
  );
}
