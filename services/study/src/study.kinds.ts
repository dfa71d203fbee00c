import { studyLimits } from '@gospelib/contracts';
import { bookmarkTable } from './bookmarks/bookmark.table.ts';
import { collectionTable } from './collections/collection.table.ts';
import { highlightTable } from './highlights/highlight.table.ts';
import { itemKind } from './items/item.kind.ts';
import { noteTable } from './notes/note.table.ts';
import type { StudyDatabase } from './store/study.database.ts';

/** A limit for each kind of item. */
export type StudyQuotas = Record<'notes' | 'highlights' | 'bookmarks' | 'collections', number>;

/** Every kind of item. */
export function studyKinds(
  store: StudyDatabase,
  { items = studyLimits, bytes = studyLimits.bytes }: { items?: StudyQuotas; bytes?: StudyQuotas },
) {
  const limitOf = (kind: keyof StudyQuotas) => ({ items: items[kind], bytes: bytes[kind] });
  return {
    notes: itemKind(store, noteTable, limitOf('notes')),
    highlights: itemKind(store, highlightTable, limitOf('highlights')),
    bookmarks: itemKind(store, bookmarkTable, limitOf('bookmarks')),
    collections: itemKind(store, collectionTable, limitOf('collections')),
  };
}
