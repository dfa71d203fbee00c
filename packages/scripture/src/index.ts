export { completeBook } from './book.complete.ts';
export {
  chapterAt,
  chapterOrder,
  chapterTotal,
  nextChapter,
  previousChapter,
  verseAt,
  verseOrder,
  verseTotal,
} from './canon.order.ts';
export {
  type Book,
  books,
  countVerses,
  findBook,
  getBook,
  hasTitle,
  hasVerse,
  type Volume,
  type VolumeId,
  volumes,
} from './canon.ts';
export { formatReference } from './reference.format.ts';
export { formatId, parseId } from './reference.id.ts';
export { chapterOf, expandReference, type Span, spanOf } from './reference.span.ts';
export type {
  BookReference,
  ChapterPoint,
  ChapterReference,
  RangeReference,
  Reference,
  VersePoint,
  VerseReference,
} from './reference.ts';
export { type Resolution, resolveReference } from './resolve.ts';
export { MAX_QUERY_LENGTH } from './text.token.ts';
