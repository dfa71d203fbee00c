import type { ChapterMarksResponse } from '@gospelib/contracts';
import type { Queries } from '@gospelib/database';
import type { ChapterReference } from '@gospelib/scripture';
import { Conditions, touchesPlace } from '../items/item.list.ts';
import { bookStart, placeOf } from '../places/place.ts';

/** The length of the excerpt of a note that mentions a passage, in characters. */
const excerptLength = 160;

/** Conditions for marks that touch a chapter, in text order. */
export function inTextOrder(chapter: ChapterReference, order: string): Conditions {
  const conditions = new Conditions();
  conditions.and(touchesPlace(conditions, placeOf(chapter), bookStart(chapter)));
  conditions.text += ` ORDER BY ${order}, id`;
  return conditions;
}

/** The notes that mention passages of a chapter, each passage once per note, with one more than is shown. */
export function readMentions(
  tx: Queries,
  userId: string,
  chapter: ChapterReference,
  most: number,
): Promise<ChapterMarksResponse['mentions']> {
  const conditions = new Conditions();
  const touches = touchesPlace(conditions, placeOf(chapter), bookStart(chapter));
  return tx.query(
    'chapter mentions',
    `SELECT named.note_id AS note, named.passage, left(notes.body, ${excerptLength}) AS excerpt
     FROM (
       SELECT DISTINCT starts_at, ends_at, passage, note_id FROM note_mentions
       WHERE user_id = $1 AND ${touches}
       ORDER BY starts_at, ends_at, note_id LIMIT ${conditions.value(most + 1)}
     ) AS named JOIN notes ON notes.user_id = $1 AND notes.id = named.note_id
     ORDER BY named.starts_at, named.ends_at, named.note_id`,
    [userId, ...conditions.values],
  );
}
