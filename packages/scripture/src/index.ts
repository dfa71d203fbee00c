export { completeBook } from './book.complete.ts';
export {
  chapterOrder,
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
  hasVerse,
  type Volume,
  type VolumeId,
  volumes,
} from './canon.ts';
export { formatReference } from './reference.format.ts';
export { formatId, parseId } from './reference.id.ts';
export { chapterOf, expandReference, type Span } from './reference.span.ts';
export type {
  BookReference,
  ChapterPoint,
  ChapterReference,
  RangeReference,
  Reference,
  VersePoint,
  VerseReference,
} from './reference.ts';
export { type Resolution, resolveReference, type Unresolved } from './resolve.ts';
