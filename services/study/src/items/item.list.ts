import { studyId, studyPassage, studyTag } from '@gospelib/contracts';
import { ProblemError } from '@gospelib/service-kit';
import { z } from 'zod';
import { pageQuery, readCursor } from '../paging/cursor.ts';
import { bookStart, type Place, placeOf, referenceAt } from '../places/place.ts';

/** The filters of a list of marks. */
export const markQuery = pageQuery.extend({
  tag: studyTag.optional(),
  book: z.string().max(12).optional().describe('Slug of a book: what begins in it.'),
  passage: studyPassage.optional().describe('What touches these verses.'),
});

/** The end of a statement that selects one user's rows (`$1`), and its further parameters. */
export class Conditions {
  readonly values: unknown[] = [];
  text = '';

  /** Adds a parameter. @returns its placeholder, e.g. `$2` */
  value(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length + 1}`;
  }

  and(condition: string): void {
    this.text += ` AND ${condition}`;
  }
}

const instant = z.int().min(0).max(253_402_300_799_999);
const position = z.tuple([instant, studyId]);

/** Newest change first. @throws ProblemError bad-cursor */
export function newestFirst(conditions: Conditions, cursor: string | undefined): void {
  const after = readCursor(cursor, position);
  if (after) {
    const at = conditions.value(new Date(after[0]).toISOString());
    conditions.and(`(updated_at, id) < (${at}::timestamptz, ${conditions.value(after[1])}::uuid)`);
  }
  conditions.text += ' ORDER BY updated_at DESC, id DESC';
}

/** The conditions of a list of marks. @throws ProblemError invalid-input */
export function markConditions(
  { tag, book, passage }: z.output<typeof markQuery>,
  touches = touchesPlace,
): Conditions {
  const conditions = new Conditions();
  if (tag !== undefined) conditions.and(`${conditions.value(tag)}::text = ANY (tags)`);
  if (book !== undefined) {
    const { startsAt, endsAt } = bookPlace(book);
    const [from, to] = [conditions.value(startsAt), conditions.value(endsAt)];
    conditions.and(`starts_at BETWEEN ${from} AND ${to}`);
  }
  if (passage !== undefined) {
    const reference = referenceAt(passage, 'query.passage');
    conditions.and(touches(conditions, placeOf(reference), bookStart(reference)));
  }
  return conditions;
}

/**
 * The condition that a passage overlaps a place.
 * @param from the start of the place's book: limits the rows to scan
 */
export function touchesPlace(
  conditions: Conditions,
  { startsAt, endsAt }: Place,
  from: number,
): string {
  const [low, high] = [conditions.value(from), conditions.value(endsAt)];
  return `(starts_at BETWEEN ${low} AND ${high} AND ends_at >= ${conditions.value(startsAt)})`;
}

function bookPlace(slug: string): Place {
  const reference = referenceAt(slug, 'query.book');
  if (reference.kind === 'book') return placeOf(reference);
  throw new ProblemError('invalid-input', `“${slug}” is not a book.`, {
    errors: [{ path: 'query.book', message: 'is not a book' }],
  });
}
