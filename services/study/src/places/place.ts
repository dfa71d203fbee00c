import { chapterOrder, findBook, parseId, type Reference } from '@gospelib/scripture';
import { ProblemError } from '@gospelib/service-kit';

/**
 * The position of a passage in the canon as two inclusive numbers: chapter * 1000 + verse, chapters counted from 0
 * through all books. A whole chapter extends from its title (0) to verse 999, so that everything in it overlaps it.
 */
export interface Place {
  startsAt: number;
  endsAt: number;
}

const perChapter = 1000;
const lastVerse = perChapter - 1;

/** The place of a reference in the canon. */
export function placeOf(reference: Reference): Place {
  const { book } = reference;
  switch (reference.kind) {
    case 'book': {
      const { firstChapter, chapters } = bookAt(book);
      return {
        startsAt: firstChapter * perChapter,
        endsAt: (firstChapter + chapters - 1) * perChapter + lastVerse,
      };
    }
    case 'chapter': {
      const startsAt = chapterOrder(reference) * perChapter;
      return { startsAt, endsAt: startsAt + lastVerse };
    }
    case 'verse': {
      const at = chapterOrder(reference) * perChapter + reference.verse;
      return { startsAt: at, endsAt: at };
    }
    case 'range': {
      const { from, to } = reference;
      return {
        startsAt: chapterOrder({ book, chapter: from.chapter }) * perChapter + from.verse,
        endsAt: chapterOrder({ book, chapter: to.chapter }) * perChapter + to.verse,
      };
    }
  }
}

/**
 * The reference with a canonical id. @throws ProblemError invalid-input, naming `path`, when the canon does not have it
 */
export function referenceAt(id: string, path: string): Reference {
  const reference = parseId(id);
  if (reference) return reference;
  throw new ProblemError('invalid-input', `The canon has no passage “${id}”.`, {
    errors: [{ path, message: 'is not a passage of the canon' }],
  });
}

/**
 * The start of a place's book: no passage that overlaps the place starts earlier, since passages stay within a book.
 */
export function bookStart(reference: Reference): number {
  return bookAt(reference.book).firstChapter * perChapter;
}

function bookAt(slug: string): { firstChapter: number; chapters: number } {
  const book = findBook(slug);
  if (!book) throw new RangeError(`The canon has no book "${slug}".`);
  return book;
}
