import type { AccountExport } from '@gospelib/contracts';
import type { Database } from '@gospelib/database';
import { listEvents } from '../event/event.repository.ts';
import { listSessions } from '../session/session.repository.ts';
import { listSignInWays, readAccount } from './account.repository.ts';

/** A limit far above the events of an account in the 180 days for which they are kept. */
const mostEvents = 10_000;

/** Everything this service holds about an account, read in one snapshot. */
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
