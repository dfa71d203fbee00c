import type { SecurityEvent } from '@gospelib/contracts';
import type { Queries } from '@gospelib/database';

interface EventRow {
  at: Date;
  kind: string;
  network: string | null;
  user_agent: string | null;
}

/** The events of an account, newest first. */
export async function listEvents(
  queries: Queries,
  userId: string,
  limit: number,
): Promise<SecurityEvent[]> {
  const rows = await queries.query<EventRow>(
    'events of account',
    'SELECT at, kind, network, user_agent FROM events WHERE user_id = $1 ORDER BY id DESC LIMIT $2',
    [userId, limit],
  );
  return rows.map(({ at, kind, network, user_agent }) => ({
    at: at.toISOString(),
    kind,
    network,
    userAgent: user_agent,
  }));
}
