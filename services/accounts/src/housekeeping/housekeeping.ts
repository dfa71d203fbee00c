import type { Database } from '@gospelib/database';
import { consumers } from '../deletion/deletion.repository.ts';

/** Removes expired rows, so that no request has to. */
export async function tidyUp(database: Database): Promise<void> {
  await database.query('tidy sessions', 'DELETE FROM sessions WHERE expires_at < now()');
  await database.query('tidy links', 'DELETE FROM verifications WHERE expires_at < now()');
  await database.query('tidy throttles', 'DELETE FROM throttles WHERE expires_at < now()');
  await database.query('tidy revoked', 'DELETE FROM revoked_sessions WHERE until < now()');
  // An address that was not confirmed within a week is free again; nobody ever signed in to such an account.
  await database.query(
    'tidy unconfirmed',
    `DELETE FROM users u WHERE NOT email_verified AND created_at < now() - interval '7 days'
       AND NOT EXISTS (SELECT FROM sessions s WHERE s.user_id = u.id)
       AND NOT EXISTS (
         SELECT FROM credentials c WHERE c.user_id = u.id AND c.provider_id <> 'credential'
       )`,
  );
  // Kept for a month after the last confirmation: after restoring a backup the deletions must be repeated.
  await database.query(
    'tidy deletions',
    `DELETE FROM deletions d WHERE final_at < now() - interval '30 days'
       AND (SELECT count(*) FROM deletion_receipts r WHERE r.user_id = d.user_id) >= $1`,
    [consumers.length],
  );
  await database.query('tidy events', 'SELECT prune_events()');
}
