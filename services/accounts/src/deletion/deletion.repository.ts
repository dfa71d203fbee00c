import type { DeletionsResponse } from '@gospelib/contracts';
import type { Database, Queries } from '@gospelib/database';

/** Services that must confirm that they deleted everything of a deleted account. */
export const consumers = ['study'] as const;
export type Consumer = (typeof consumers)[number];

export interface Deletion {
  deletedAt: Date;
  finalAt: Date;
}

/**
 * Deletes an account with everything of it here and records the order for the other services, in one transaction.
 * @returns undefined when there is no such account
 */
export function deleteAccount(
  database: Database,
  userId: string,
  deletion: Deletion,
): Promise<Deletion | undefined> {
  return database.transaction('account delete', async (queries) => {
    const gone = await queries.query(
      'account delete row',
      'DELETE FROM users WHERE id = $1 RETURNING 1',
      [userId],
    );
    if (gone.length === 0) return undefined;
    await queries.query('account delete links', 'DELETE FROM verifications WHERE value = $1', [
      userId,
    ]);
    await queries.query('account delete events', 'SELECT depersonalise_events($1)', [userId]);
    await queries.query(
      'account delete order',
      'INSERT INTO deletions (user_id, deleted_at, final_at) VALUES ($1, $2, $3)',
      [userId, deletion.deletedAt, deletion.finalAt],
    );
    return deletion;
  });
}

interface DeletionRow {
  user_id: string;
  deleted_at: Date;
  final_at: Date;
}

/** Deletions that a consumer has not confirmed, oldest first. */
export async function pendingDeletions(
  queries: Queries,
  consumer: Consumer,
  limit: number,
): Promise<DeletionsResponse> {
  const rows = await queries.query<DeletionRow>(
    'deletions pending',
    `SELECT user_id, deleted_at, final_at FROM deletions d
     WHERE NOT EXISTS (
       SELECT FROM deletion_receipts r WHERE r.user_id = d.user_id AND r.consumer = $1
     )
     ORDER BY deleted_at, user_id LIMIT $2`,
    [consumer, limit],
  );
  return {
    items: rows.map(({ user_id, deleted_at, final_at }) => ({
      userId: user_id,
      deletedAt: deleted_at.toISOString(),
      finalAt: final_at.toISOString(),
    })),
  };
}

/** Records that a consumer has deleted everything of an account. */
export async function confirmDeletion(
  queries: Queries,
  userId: string,
  consumer: Consumer,
): Promise<'confirmed' | 'too early' | 'unknown'> {
  const [row] = await queries.query<{ final: boolean }>(
    'deletion read',
    'SELECT final_at <= now() AS final FROM deletions WHERE user_id = $1',
    [userId],
  );
  if (row === undefined) return 'unknown';
  if (!row.final) return 'too early';
  await queries.query(
    'deletion confirm',
    `INSERT INTO deletion_receipts (user_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    [userId, consumer],
  );
  return 'confirmed';
}
