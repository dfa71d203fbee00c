import { books, findBook, hasVerse } from './canon.ts';
import type { ChapterPoint, VersePoint } from './reference.ts';

/** Position of the first verse of each chapter, by the chapter's position. */
const firstVerses: readonly number[] = /* @__PURE__ */ sumVerses();

/** 1,582 chapters. */
export const chapterTotal: number = /* @__PURE__ */ books.reduce(
  (sum, { chapters }) => sum + chapters,
  0,
);

/** 41,995 verses; titles of Psalms are not counted. */
export const verseTotal: number = /* @__PURE__ */ books
  .flatMap(({ verses }) => verses)
  .reduce((sum, count) => sum + count, 0);

/** Position of a chapter in the canon, 0..1581. @throws RangeError when the canon has no such chapter */
export function chapterOrder({ book, chapter }: ChapterPoint): number {
  const found = findBook(book);
  if (!found || !Number.isInteger(chapter) || chapter < 1 || chapter > found.chapters) {
    throw new RangeError(`The canon has no chapter "${book}.${chapter}".`);
  }
  return found.firstChapter + chapter - 1;
}

/** The chapter at a position in the canon, 0..1581; undefined outside. */
export function chapterAt(order: number): ChapterPoint | undefined {
  if (!Number.isInteger(order) || order < 0 || order >= chapterTotal) return undefined;
  const book = books[lastAtMost(books.length, (index) => books[index]?.firstChapter ?? 0, order)];
  return book && { book: book.slug, chapter: order - book.firstChapter + 1 };
}

/**
 * Position of a verse in the canon, 0..41994. A Psalm's title (verse 0) has none.
 * @throws RangeError when the canon has no such verse.
 */
export function verseOrder({ book, chapter, verse }: VersePoint): number {
  if (verse === 0 || !hasVerse(book, chapter, verse)) {
    throw new RangeError(`The canon has no verse "${book}.${chapter}.${verse}" in its order.`);
  }
  return (firstVerses[chapterOrder({ book, chapter })] ?? 0) + verse - 1;
}

/** The verse at a position in the canon, 0..41994; undefined outside. */
export function verseAt(order: number): VersePoint | undefined {
  if (!Number.isInteger(order) || order < 0 || order >= verseTotal) return undefined;
  const index = lastAtMost(chapterTotal, (at) => firstVerses[at] ?? 0, order);
  const chapter = chapterAt(index);
  return chapter && { ...chapter, verse: order - (firstVerses[index] ?? 0) + 1 };
}

/** The previous chapter, across books and volumes; undefined before Genesis 1. */
export function previousChapter(chapter: ChapterPoint): ChapterPoint | undefined {
  return chapterAt(chapterOrder(chapter) - 1);
}

/** The next chapter, across books and volumes; undefined after the last. */
export function nextChapter(chapter: ChapterPoint): ChapterPoint | undefined {
  return chapterAt(chapterOrder(chapter) + 1);
}

/** The greatest index whose value is at most `wanted`, by binary search; values increase from 0. */
function lastAtMost(length: number, valueAt: (index: number) => number, wanted: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (valueAt(middle) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}

function sumVerses(): number[] {
  let sum = 0;
  return books.flatMap(({ verses }) =>
    verses.map((count) => {
      const first = sum;
      sum += count;
      return first;
    }),
  );
}
