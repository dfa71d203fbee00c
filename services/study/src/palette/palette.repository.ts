import { type HighlightColor, highlightColor } from '@gospelib/contracts';
import type { Queries } from '@gospelib/database';

export interface NamedColor {
  color: HighlightColor;
  label: string;
}

/** The colours that have a name, in the order of the alphabet. */
export async function readColors(rows: Queries, userId: string): Promise<NamedColor[]> {
  const named = await rows.query<{ color: string; label: string }>(
    'colors read',
    'SELECT color, label FROM colors WHERE user_id = $1 ORDER BY color',
    [userId],
  );
  return named.map(({ color, label }) => ({ color: highlightColor.parse(color), label }));
}

export async function nameColor(
  rows: Queries,
  userId: string,
  { color, label }: NamedColor,
): Promise<void> {
  await rows.query(
    'color name',
    `INSERT INTO colors (user_id, color, label) VALUES ($1, $2, $3)
     ON CONFLICT (user_id, color) DO UPDATE SET label = excluded.label`,
    [userId, color, label],
  );
}

export async function forgetColor(
  rows: Queries,
  userId: string,
  color: HighlightColor,
): Promise<void> {
  await rows.query('color forget', 'DELETE FROM colors WHERE user_id = $1 AND color = $2', [
    userId,
    color,
  ]);
}
