import type { AccountExport } from '@gospelib/contracts';
import type { Database } from '@gospelib/database';
import { listEvents } from '../event/event.repository.ts';
import { listSessions } from '../session/session.repository.ts';
import { listSignInWays, readAccount } from './account.repository.ts';

/** More than 180 days of an account's life hold; a bound all the same. */
const mostEvents = 10_000;

/** Everything of one moment: a read within one snapshot. */
export function exportAccount(
  database: Database,
  userId: string,
  sessionId: string,
): Promise<AccountExport> {
  return database.transaction(
    'account export',
    async (queries) => ({
      format: 'gospelib-account-1',
      exportedAt: new Date().toISOString(),
      account: await readAccount(queries, userId),
      signInWays: await listSignInWays(queries, userId),
      sessions: await listSessions(queries, userId, sessionId),
      events: await listEvents(queries, userId, mostEvents),
    }),
    { isolation: 'repeatable read' },
  );
}
