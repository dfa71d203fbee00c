import {
  type Note,
  type NoteInput,
  note,
  noteConflict,
  noteInput,
  noteSearchResponse,
  notesResponse,
} from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import type { ItemKind } from '../items/item.kind.ts';
import { type Conditions, markConditions, markQuery, touchesPlace } from '../items/item.list.ts';
import { itemRoutes } from '../items/item.routes.ts';
import type { Place } from '../places/place.ts';
import { type NoteSearch, searchQuery } from './note.search.ts';

/** `/notes`, and `/search` in notes. */
export function noteRoutes(
  api: Service,
  notes: ItemKind<NoteInput, Note>,
  search: NoteSearch,
): void {
  itemRoutes(api, {
    plural: 'notes',
    schema: {
      input: noteInput,
      item: note,
      list: notesResponse,
      conflict: noteConflict,
      query: markQuery,
    },
    service: notes.service,
    list: (userId, query) => notes.list(userId, markConditions(query, onOrNaming), query),
  });

  api.get(
    '/search',
    {
      schema: {
        summary: 'Search in your notes',
        tags: ['notes'],
        description:
          'Full-text search in the notes: whole words in any form, and beginnings of words from three letters on. Of those that match, the 1,000 changed last are ranked.',
        querystring: searchQuery,
        response: { 200: noteSearchResponse },
      },
    },
    (request) => search.find(request.userId, request.query),
  );
}

/**
 * A note touches a passage by being on it or by naming it. As an array, so that both are looked up and nothing is read
 * through.
 */
function onOrNaming(conditions: Conditions, place: Place, from: number): string {
  const touches = touchesPlace(conditions, place, from);
  return `id = ANY (ARRAY(
    SELECT id FROM notes WHERE user_id = $1 AND ${touches}
    UNION SELECT note_id FROM note_mentions WHERE user_id = $1 AND ${touches}))`;
}
