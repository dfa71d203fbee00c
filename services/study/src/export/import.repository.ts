import type { ExportLine } from '@gospelib/contracts';
import type { Queries } from '@gospelib/database';
import { requirePlace } from '../history/history.service.ts';
import { atLine, type Numbered } from './import.lines.ts';
import type { Added } from './item.transfer.ts';

type HistoryLine = Extract<ExportLine, { type: 'history' }>;
type ColorLine = Extract<ExportLine, { type: 'color' }>;

/** Adds places of chapters that have none. @throws ProblemError invalid-input, naming the line */
export async function addPlaces(
  tx: Queries,
  userId: string,
  numbered: readonly Numbered<HistoryLine>[],
): Promise<Added> {
  const lines = numbered.map(({ number, line }) => {
    atLine(number, () => requirePlace(line.chapter, line.verse));
    return line;
  });
  const values = [
    userId,
    lines.map(({ chapter }) => chapter),
    lines.map(({ verse }) => verse ?? null),
    lines.map(({ readAt }) => readAt),
  ];
  const given =
    'unnest($2::text[], $3::smallint[], $4::timestamptz[]) AS r (chapter, verse, read_at)';
  const added = await tx.query(
    'history add all',
    `INSERT INTO history (user_id, chapter, verse, read_at)
     SELECT $1, r.* FROM ${given} ON CONFLICT DO NOTHING RETURNING chapter`,
    values,
  );
  const kept = await tx.query<{ id: string }>(
    'history compare',
    `SELECT r.chapter AS id FROM ${given} JOIN history h
       ON h.user_id = $1 AND h.chapter = r.chapter
     WHERE (h.verse, h.read_at) IS DISTINCT FROM (r.verse, r.read_at::timestamptz(3))`,
    values,
  );
  return { added: added.length, kept: kept.map(({ id }) => id) };
}

/** Adds names to colours that have none. */
export async function addColors(
  tx: Queries,
  userId: string,
  numbered: readonly Numbered<ColorLine>[],
): Promise<Added> {
  const lines = numbered.map(({ line }) => line);
  const values = [userId, lines.map(({ color }) => color), lines.map(({ label }) => label)];
  const given = 'unnest($2::text[], $3::text[]) AS r (color, label)';
  const added = await tx.query(
    'colors add all',
    `INSERT INTO colors (user_id, color, label)
     SELECT $1, r.* FROM ${given} ON CONFLICT DO NOTHING RETURNING color`,
    values,
  );
  const kept = await tx.query<{ id: string }>(
    'colors compare',
    `SELECT r.color AS id FROM ${given} JOIN colors c ON c.user_id = $1 AND c.color = r.color
     WHERE c.label <> r.label`,
    values,
  );
  return { added: added.length, kept: kept.map(({ id }) => id) };
}
