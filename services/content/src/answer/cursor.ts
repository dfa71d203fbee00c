import { createHash } from 'node:crypto';
import { ProblemError } from '@gospelib/service-kit';

const FORM = /^(\d{1,7})~([0-9a-f]{16})$/;
const MAX_LENGTH = 64;

/**
 * The cursor of a place in a list. It is bound to the list, that is to the corpus version and all parameters, so that a
 * page of one list is never taken for a page of another.
 */
export function encodeCursor(list: string, offset: number): string {
  return Buffer.from(`${offset}~${seal(list)}`).toString('base64url');
}

/**
 * The place that a cursor of this list stands for; 0 without a cursor.
 * @throws ProblemError `bad-cursor` for one that is malformed, of another list or of another corpus version
 */
export function decodeCursor(list: string, cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const plain = Buffer.from(cursor.slice(0, MAX_LENGTH), 'base64url').toString('latin1');
  const [, offset, mark] = FORM.exec(plain) ?? [];
  if (
    offset === undefined ||
    mark !== seal(list) ||
    encodeCursor(list, Number(offset)) !== cursor
  ) {
    throw new ProblemError(
      'bad-cursor',
      'The cursor was not given for this list, or the corpus has changed since. Begin without one.',
      { errors: [{ path: 'query.cursor', message: 'is not a cursor of this list' }] },
    );
  }
  return Number(offset);
}

/** One page of a list that is in memory, and the cursor of the next page when there is more. */
export function pageOf<T>(
  list: string,
  all: readonly T[],
  offset: number,
  limit: number,
): { items: T[]; next?: string } {
  const items = all.slice(offset, offset + limit);
  return { items, ...nextCursor(list, offset + items.length, all.length) };
}

/** `next`, when a list of this length goes on after `end`. */
export function nextCursor(list: string, end: number, total: number): { next?: string } {
  return end < total ? { next: encodeCursor(list, end) } : {};
}

function seal(list: string): string {
  return createHash('sha256').update(list).digest('hex').slice(0, 16);
}
