import { verseAt, verseOrder } from './canon.order.ts';
import { countVerses, getBook } from './canon.ts';
import { formatId } from './reference.id.ts';
import type { ChapterPoint, Reference } from './reference.ts';

/** Positions of the first and last verse in the canon, both inclusive. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** The verses of a reference as positions in the canon; undefined for a Psalm's title, which has no position. */
export function spanOf(reference: Reference): Span | undefined {
  const { book } = reference;
  switch (reference.kind) {
    case 'book': {
      const { chapters } = getBook(book);
      return span(book, 1, 1, chapters, countVerses(book, chapters));
    }
    case 'chapter':
      return span(
        book,
        reference.chapter,
        1,
        reference.chapter,
        countVerses(book, reference.chapter),
      );
    case 'range': {
      const { from, to } = reference;
      return span(book, from.chapter, from.verse, to.chapter, to.verse);
    }
    case 'verse': {
      const { chapter, verse } = reference;
      return verse === 0 ? undefined : span(book, chapter, verse, chapter, verse);
    }
  }
}

/**
 * Ids of the verses of a reference, in order. A Psalm's title is included only when the reference is the title.
 * @throws RangeError when the canon does not have them (never for results of `parseId` or `resolveReference`)
 */
export function expandReference(reference: Reference): string[] {
  const covered = spanOf(reference);
  if (!covered) return [formatId(reference)];
  const ids: string[] = [];
  for (let order = covered.first; order <= covered.last; order += 1) {
    const point = verseAt(order);
    if (point) ids.push(formatId({ kind: 'verse', ...point }));
  }
  return ids;
}

/** The chapter in which a reference starts. */
export function chapterOf(reference: Reference): ChapterPoint {
  const { book } = reference;
  if (reference.kind === 'book') return { book, chapter: 1 };
  return { book, chapter: reference.kind === 'range' ? reference.from.chapter : reference.chapter };
}

function span(book: string, c1: number, v1: number, c2: number, v2: number): Span {
  return {
    first: verseOrder({ book, chapter: c1, verse: v1 }),
    last: verseOrder({ book, chapter: c2, verse: v2 }),
  };
}
