import { connectDatabase } from '@gospelib/database';
import type { Stack } from '../stack/stack.ts';

/** A statement as the owner of everything, as somebody types it who should not. */
export async function sql(
  { environment }: Stack,
  statement: string,
  queryTimeout = 300_000,
): Promise<object[]> {
  const database = connectDatabase({
    url: await environment.storeAddress('postgresql'),
    schema: 'study',
    application: 'gospelib-drill',
    connections: 1,
    connectTimeout: 5_000,
    queryTimeout,
  });
  try {
    return await database.query('drill', statement);
  } finally {
    await database.close();
  }
}

const LOOK_MS = 3_000;

/** Ids of the notes whose rows lie in their table; none where there is no such table, or it cannot be read. */
export async function notesLyingThere(stack: Stack): Promise<ReadonlySet<string>> {
  try {
    const rows = (await sql(stack, 'SELECT id FROM study.notes', LOOK_MS)) as { id: string }[];
    return new Set(rows.map(({ id }) => id));
  } catch {
    return new Set();
  }
}

const BATCH = 50_000;

/** Notes of many people who do not come back: what is in a database that has been used for years. */
export async function fillNotes(
  stack: Stack,
  count: number,
  say: (line: string) => void,
): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    say(`notes: ${from.toLocaleString('en')} of ${count.toLocaleString('en')}`);
    const to = Math.min(from + BATCH, count) - 1;
    await sql(
      stack,
      `INSERT INTO study.notes (user_id, id, version, created_at, updated_at, passage, starts_at, ends_at, body, tags, mentions)
       SELECT 'drill-' || n % 5000, gen_random_uuid(), 1, now(), now(), 'alma.32.21', 1000021, 1000021,
         'A thought on faith and the seed, number ' || n || ': it swelleth and sprouteth and beginneth to grow', '{faith}', '[]'
       FROM generate_series(${from}, ${to}) n`,
    );
  }
}
