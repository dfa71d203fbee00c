import type { SessionsResponse } from '@gospelib/contracts';
import type { Queries } from '@gospelib/database';
import type { RevokedSession } from '@gospelib/tokens';

interface SessionRow {
  id: string;
  created_at: Date;
  updated_at: Date;
  expires_at: Date;
  ip_address: string | null;
  user_agent: string | null;
}

/** The active sessions of a user, newest first. */
export async function listSessions(
  queries: Queries,
  userId: string,
  currentId: string,
): Promise<SessionsResponse['items']> {
  const rows = await queries.query<SessionRow>(
    'sessions of user',
    `SELECT id, created_at, updated_at, expires_at, ip_address, user_agent FROM sessions
     WHERE user_id = $1 AND expires_at > now() ORDER BY created_at DESC, id LIMIT 500`,
    [userId],
  );
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.updated_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    address: row.ip_address || null,
    userAgent: row.user_agent || null,
    current: row.id === currentId,
  }));
}

/** Sessions that were ended while tokens of theirs may be valid. */
export async function revokedSessions(queries: Queries): Promise<RevokedSession[]> {
  return queries.query<RevokedSession>(
    'sessions revoked',
    'SELECT session_id AS "sessionId", until FROM revoked_sessions WHERE until > now()',
  );
}

/** Ends one session of a user. @returns false when the user has no session with this id */
export async function deleteSession(
  queries: Queries,
  userId: string,
  sessionId: string,
): Promise<boolean> {
  const rows = await queries.query(
    'session revoke',
    'DELETE FROM sessions WHERE id = $1 AND user_id = $2 RETURNING 1',
    [sessionId, userId],
  );
  return rows.length > 0;
}

/** Ends every session of a user except one. @returns how many */
export async function deleteOtherSessions(
  queries: Queries,
  userId: string,
  keptId: string,
): Promise<number> {
  const rows = await queries.query(
    'sessions revoke',
    'DELETE FROM sessions WHERE user_id = $1 AND id <> $2 RETURNING 1',
    [userId, keptId],
  );
  return rows.length;
}
