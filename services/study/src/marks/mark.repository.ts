import type { ChapterMarksResponse } from '@gospelib/contracts';
import type { Queries } from '@gospelib/database';
import type { ChapterReference } from '@gospelib/scripture';
import { Conditions, touchesPlace } from '../items/item.list.ts';
import { bookStart, placeOf } from '../places/place.ts';

/** How much of a note is shown where it is only mentioned, in characters. */
const excerptLength = 160;

/** What touches a chapter, in the order of the text, one more than is shown. */
export function inTextOrder(chapter: ChapterReference, order: string, most: number): Conditions {
  const conditions = new Conditions();
  conditions.and(touchesPlace(conditions, placeOf(chapter), bookStart(chapter)));
  conditions.text += ` ORDER BY ${order}, id LIMIT ${conditions.value(most + 1)}`;
  return conditions;
}

/** As `inTextOrder`, for notes: ends with the first note that passes `mostBytes` of text together with those before it. */
export function inTextOrderWithin(
  chapter: ChapterReference,
  most: number,
  mostBytes: number,
): Conditions {
  const conditions = new Conditions();
  const touches = touchesPlace(conditions, placeOf(chapter), bookStart(chapter));
  conditions.and(`id IN (
    SELECT id FROM (
      SELECT id, octet_length(body) AS bytes,
        sum(octet_length(body)) OVER (ORDER BY starts_at, id) AS bytes_so_far
      FROM notes WHERE user_id = $1 AND ${touches}
    ) AS sized WHERE bytes_so_far - bytes <= ${conditions.value(mostBytes)})`);
  conditions.text += ` ORDER BY starts_at, id LIMIT ${conditions.value(most + 1)}`;
  return conditions;
}

/** The notes that name something of a chapter, each passage once a note; one more than is shown. */
export function readMentions(
  rows: Queries,
  userId: string,
  chapter: ChapterReference,
  most: number,
): Promise<ChapterMarksResponse['mentions']> {
  const conditions = new Conditions();
  const touches = touchesPlace(conditions, placeOf(chapter), bookStart(chapter));
  return rows.query(
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
