import type { Queries } from '@gospelib/database';

/** Every table with readers' rows; the mentions of notes are deleted with the notes. */
const tables = [
  'notes',
  'highlights',
  'bookmarks',
  'collections',
  'history',
  'colors',
  'idempotency_keys',
] as const;

/** Deletes everything of a user within the transaction `tx`. @returns the number of rows deleted */
export async function deleteEverything(tx: Queries, userId: string): Promise<number> {
  let total = 0;
  for (const table of tables) {
    const [row] = await tx.query<{ count: string }>(
      `${table} delete all`,
      `WITH gone AS (DELETE FROM ${table} WHERE user_id = $1 RETURNING 1)
       SELECT count(*) AS count FROM gone`,
      [userId],
    );
    total += Number(row?.count ?? 0);
  }
  return total;
}
