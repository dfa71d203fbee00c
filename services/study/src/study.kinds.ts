import { studyLimits } from '@gospelib/contracts';
import { bookmarkTable } from './bookmarks/bookmark.table.ts';
import { collectionTable } from './collections/collection.table.ts';
import { highlightTable } from './highlights/highlight.table.ts';
import { answerQuota } from './idempotency/idempotency.quota.ts';
import { itemKind } from './items/item.kind.ts';
import type { Usage } from './limits/quota.ts';
import { noteTable } from './notes/note.table.ts';
import type { StudyDatabase } from './store/study.database.ts';

/** A limit for each kind of item. */
export type StudyQuotas = Record<'notes' | 'highlights' | 'bookmarks' | 'collections', number>;

/** What a reader may keep. */
export interface StudyRoom {
  items?: StudyQuotas;
  bytes?: StudyQuotas;
  /** Answers of writes with a key. */
  answers?: Usage;
}

/** Every kind of item, and the room for the answers of writes to any of them. */
export function studyKinds(
  store: StudyDatabase,
  { items = studyLimits, bytes = studyLimits.bytes, answers }: StudyRoom,
) {
  const kept = answerQuota(store, answers);
  const limitOf = (kind: keyof StudyQuotas) => ({ items: items[kind], bytes: bytes[kind] });
  return {
    notes: itemKind(store, noteTable, limitOf('notes'), kept),
    highlights: itemKind(store, highlightTable, limitOf('highlights'), kept),
    bookmarks: itemKind(store, bookmarkTable, limitOf('bookmarks'), kept),
    collections: itemKind(store, collectionTable, limitOf('collections'), kept),
    answers: kept,
  };
}
