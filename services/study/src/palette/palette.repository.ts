import { type HighlightColor, highlightColor } from '@gospelib/contracts';
import type { Queries } from '@gospelib/database';

export interface NamedColor {
  color: HighlightColor;
  label: string;
}

/** The named colours, in alphabetical order. */
export async function readColors(tx: Queries, userId: string): Promise<NamedColor[]> {
  const named = await tx.query<{ color: string; label: string }>(
    'colors read',
    'SELECT color, label FROM colors WHERE user_id = $1 ORDER BY color',
    [userId],
  );
  return named.map(({ color, label }) => ({ color: highlightColor.parse(color), label }));
}

export async function nameColor(
  tx: Queries,
  userId: string,
  { color, label }: NamedColor,
): Promise<void> {
  await tx.query(
    'color name',
    `INSERT INTO colors (user_id, color, label) VALUES ($1, $2, $3)
     ON CONFLICT (user_id, color) DO UPDATE SET label = excluded.label`,
    [userId, color, label],
  );
}

export async function forgetColor(
  tx: Queries,
  userId: string,
  color: HighlightColor,
): Promise<void> {
  await tx.query('color forget', 'DELETE FROM colors WHERE user_id = $1 AND color = $2', [
    userId,
    color,
  ]);
}
