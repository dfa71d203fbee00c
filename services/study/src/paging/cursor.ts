import { ProblemError } from '@gospelib/service-kit';
import { z } from 'zod';

/** The page of a list that is requested. */
export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

/** The position in a list after which the next page begins, as opaque text for the caller. */
export function writeCursor(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Reads what `writeCursor` wrote. @throws ProblemError bad-cursor for anything else */
export function readCursor<S extends z.ZodType>(
  cursor: string | undefined,
  position: S,
): z.output<S> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new ProblemError('bad-cursor', undefined, { cause });
  }
}

/**
 * Cuts a result that was queried with one row more than the page holds.
 * @param positionOf the position after which the next page begins
 */
export function cutPage<T>(
  rows: readonly T[],
  limit: number,
  positionOf: (last: T) => readonly (string | number)[],
): { items: T[]; next?: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items };
  return { items, next: writeCursor(positionOf(last)) };
}
