import { randomUUID } from 'node:crypto';
import type { Database } from '@gospelib/database';

/**
 * Confirms an address. A new password drops whatever was set before anybody proved to read the mail, and ends sessions.
 * @returns false when it was confirmed before
 */
export function confirmUser(
  database: Database,
  userId: string,
  newHash: string | undefined,
): Promise<boolean> {
  return database.transaction('address confirm', async (queries) => {
    const confirmed = await queries.query(
      'address confirm row',
      `UPDATE users SET email_verified = true, updated_at = now()
       WHERE id = $1 AND NOT email_verified RETURNING 1`,
      [userId],
    );
    if (confirmed.length === 0) return false;
    if (newHash !== undefined) {
      await queries.query(
        'address confirm password',
        `INSERT INTO credentials (id, account_id, provider_id, user_id, password, updated_at)
         VALUES ($1, $2, 'credential', $2, $3, now())
         ON CONFLICT (provider_id, account_id) DO UPDATE
         SET password = excluded.password, updated_at = now()`,
        [randomUUID(), userId, newHash],
      );
      await queries.query('address confirm sessions', 'DELETE FROM sessions WHERE user_id = $1', [
        userId,
      ]);
    }
    await queries.query('address confirm links', 'DELETE FROM verifications WHERE value = $1', [
      userId,
    ]);
    return true;
  });
}

/**
 * Drops the password of an account whose address nobody has confirmed, with its sessions: whoever set it has never
 * proved to read that mail. @returns whether there was one
 */
export function dropUnprovenPassword(database: Database, userId: string): Promise<boolean> {
  return database.transaction('unproven password', async (queries) => {
    const dropped = await queries.query(
      'unproven password drop',
      `DELETE FROM credentials c USING users u WHERE c.user_id = $1 AND c.provider_id = 'credential'
         AND u.id = c.user_id AND NOT u.email_verified RETURNING 1`,
      [userId],
    );
    if (dropped.length === 0) return false;
    await queries.query('unproven sessions end', 'DELETE FROM sessions WHERE user_id = $1', [
      userId,
    ]);
    return true;
  });
}
