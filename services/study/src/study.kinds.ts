import { studyLimits } from '@gospelib/contracts';
import { bookmarkTable } from './bookmarks/bookmark.table.ts';
import { collectionTable } from './collections/collection.table.ts';
import { highlightTable } from './highlights/highlight.table.ts';
import { itemKind } from './items/item.kind.ts';
import { noteTable } from './notes/note.table.ts';
import type { StudyDatabase } from './store/study.database.ts';

/** How many items of each kind a reader may keep. */
export type StudyQuotas = Record<'notes' | 'highlights' | 'bookmarks' | 'collections', number>;

/** Every kind of item. */
export function studyKinds(store: StudyDatabase, quotas: StudyQuotas = studyLimits) {
  return {
    notes: itemKind(store, noteTable, quotas.notes),
    highlights: itemKind(store, highlightTable, quotas.highlights),
    bookmarks: itemKind(store, bookmarkTable, quotas.bookmarks),
    collections: itemKind(store, collectionTable, quotas.collections),
  };
}
