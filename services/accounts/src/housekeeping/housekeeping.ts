import type { Database } from '@gospelib/database';
import { consumers } from '../deletion/deletion.repository.ts';

/** Removes what has run out: nothing here is needed by anyone, and no request has to do it. */
export async function tidyUp(database: Database): Promise<void> {
  await database.query('tidy sessions', 'DELETE FROM sessions WHERE expires_at < now()');
  await database.query('tidy links', 'DELETE FROM verifications WHERE expires_at < now()');
  await database.query('tidy throttles', 'DELETE FROM throttles WHERE expires_at < now()');
  // An address that nobody confirmed within a week is free again; such an account was never signed in to.
  await database.query(
    'tidy unconfirmed',
    `DELETE FROM users u WHERE NOT email_verified AND created_at < now() - interval '7 days'
       AND NOT EXISTS (SELECT FROM sessions s WHERE s.user_id = u.id)
       AND NOT EXISTS (
         SELECT FROM credentials c WHERE c.user_id = u.id AND c.provider_id <> 'credential'
       )`,
  );
  // Kept for a month after all have confirmed: whoever restores a backup needs the list to delete again.
  await database.query(
    'tidy deletions',
    `DELETE FROM deletions d WHERE final_at < now() - interval '30 days'
       AND (SELECT count(*) FROM deletion_receipts r WHERE r.user_id = d.user_id) >= $1`,
    [consumers.length],
  );
  await database.query('tidy events', 'SELECT prune_events()');
}
