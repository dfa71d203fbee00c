import type { Queries } from '@gospelib/database';

/** Every table with rows of readers; the mentions of notes go with them. */
const tables = [
  'notes',
  'highlights',
  'bookmarks',
  'collections',
  'history',
  'colors',
  'idempotency_keys',
] as const;

/** Deletes everything there is of a user, within the transaction of `rows`. @returns rows deleted */
export async function deleteEverything(rows: Queries, userId: string): Promise<number> {
  let total = 0;
  for (const table of tables) {
    const [row] = await rows.query<{ count: string }>(
      `${table} delete all`,
      `WITH gone AS (DELETE FROM ${table} WHERE user_id = $1 RETURNING 1)
       SELECT count(*) AS count FROM gone`,
      [userId],
    );
    total += Number(row?.count ?? 0);
  }
  return total;
}
