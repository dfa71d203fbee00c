import type { HistoryEntry } from '@gospelib/contracts';
import type { Queries } from '@gospelib/database';
import type { Conditions } from '../items/item.list.ts';
import { me, type StudyDatabase } from '../store/study.database.ts';

interface HistoryRow {
  chapter: string;
  verse: number | null;
  read_at: Date;
}

const columns = 'chapter, verse, read_at';

/** Stores the newest place in a chapter: one row per chapter, so at most as many as the canon has chapters. */
export async function recordPlace(
  store: StudyDatabase,
  userId: string,
  { chapter, verse, readAt }: HistoryEntry,
): Promise<void> {
  await store.add(
    'history record',
    `WITH ${me}
     INSERT INTO history (user_id, chapter, verse, read_at)
     SELECT user_id, $2, $3::smallint, $4::timestamptz FROM me
     ON CONFLICT (user_id, chapter) DO UPDATE SET verse = excluded.verse, read_at = excluded.read_at
     WHERE history.read_at <= excluded.read_at`,
    [userId, chapter, verse ?? null, readAt],
  );
}

export async function listPlaces(
  tx: Queries,
  userId: string,
  { text, values }: Conditions,
): Promise<HistoryEntry[]> {
  const found = await tx.query<HistoryRow>(
    'history list',
    `SELECT ${columns} FROM history WHERE user_id = $1 ${text}`,
    [userId, ...values],
  );
  return found.map(readEntry);
}

/** The newest place in each book, newest first. */
export async function listBookPlaces(
  tx: Queries,
  userId: string,
  limit: number,
): Promise<HistoryEntry[]> {
  const found = await tx.query<HistoryRow>(
    'history books',
    `SELECT ${columns} FROM (
       SELECT DISTINCT ON (split_part(chapter, '.', 1)) ${columns} FROM history
       WHERE user_id = $1 ORDER BY split_part(chapter, '.', 1), read_at DESC, chapter DESC
     ) AS newest ORDER BY read_at DESC, chapter DESC LIMIT $2`,
    [userId, limit],
  );
  return found.map(readEntry);
}

/** @param chapter undefined: everything */
export async function forgetPlaces(
  tx: Queries,
  userId: string,
  chapter: string | undefined,
): Promise<void> {
  await tx.query(
    'history forget',
    'DELETE FROM history WHERE user_id = $1 AND chapter = coalesce($2, chapter)',
    [userId, chapter ?? null],
  );
}

function readEntry({ chapter, verse, read_at }: HistoryRow): HistoryEntry {
  return { chapter, ...(verse !== null && { verse }), readAt: read_at.toISOString() };
}
