import { type Book, countVerses, hasVerse } from './canon.ts';
import type { Reference } from './reference.ts';
import { ReferenceFault } from './resolve.fault.ts';
import type { Item, Point } from './resolve.syntax.ts';

/** A chapter, or a verse of it. */
interface Place {
  readonly chapter: number;
  readonly verse?: number;
}

/**
 * The references that the places typed after a book mean in it; without places, the book or its only chapter.
 * @throws ReferenceFault when the book does not have one of them.
 */
export function placeItems(book: Book, items: readonly Item[]): Reference[] {
  if (items.length === 0) return [wholeBook(book)];
  let chapter: number | undefined;
  let inVerses = false;
  return items.map((item) => {
    if (item.after === ';') inVerses = false;
    const lone = items.length === 1 && !item.to && !item.follow;
    const from = placePoint(book, item.from, { chapter, inVerses, lone });
    const to = placeEnd(book, item, from);
    chapter = to.chapter;
    inVerses = to.verse !== undefined;
    return join(book, from, to);
  });
}

function wholeBook({ slug, singleChapter }: Book): Reference {
  return singleChapter ? { kind: 'chapter', book: slug, chapter: 1 } : { kind: 'book', book: slug };
}

interface Context {
  /** The chapter of the previous place. */
  readonly chapter: number | undefined;
  /** The previous place was a verse, so a number is another verse of its chapter. */
  readonly inVerses: boolean;
  /** It is the only place after the book: "Enos 1" is the chapter, "Enos 1, 3" are verses. */
  readonly lone: boolean;
}

function placePoint(book: Book, point: Point, { chapter, inVerses, lone }: Context): Place {
  if (point.form === 'pair') return check(book, { chapter: point.chapter, verse: point.verse });
  const { form, number } = point;
  if (form === 'chapter') return check(book, { chapter: number });
  if (form === 'bare' && book.singleChapter) {
    return check(book, lone && number === 1 ? { chapter: 1 } : { chapter: 1, verse: number });
  }
  if (form === 'bare' && !(inVerses && chapter)) return check(book, { chapter: number });
  const within = chapter ?? (book.singleChapter ? 1 : undefined);
  if (within === undefined) {
    throw new ReferenceFault(`Verse ${number} of which chapter of ${book.name}?`, [
      wholeBook(book),
    ]);
  }
  return check(book, { chapter: within, verse: number });
}

function placeEnd(book: Book, { to, follow }: Item, from: Place): Place {
  if (to) {
    const inVerses = from.verse !== undefined;
    return placePoint(book, to, { chapter: from.chapter, inVerses, lone: false });
  }
  if (!follow) return from;
  const { chapter, verse } = from;
  if (follow === 'f') {
    return check(
      book,
      verse === undefined ? { chapter: chapter + 1 } : { chapter, verse: verse + 1 },
    );
  }
  return verse === undefined
    ? { chapter: book.chapters }
    : { chapter, verse: countVerses(book.slug, chapter) };
}

function join(book: Book, from: Place, to: Place): Reference {
  const slug = book.slug;
  if (from === to || (from.chapter === to.chapter && from.verse === to.verse)) {
    return from.verse === undefined
      ? { kind: 'chapter', book: slug, chapter: from.chapter }
      : { kind: 'verse', book: slug, chapter: from.chapter, verse: from.verse };
  }
  const start = { chapter: from.chapter, verse: from.verse ?? 1 };
  const end = { chapter: to.chapter, verse: to.verse ?? countVerses(slug, to.chapter) };
  if (start.verse === 0 || end.verse === 0) {
    throw new ReferenceFault('The title of a Psalm stands alone; a range begins with a verse.');
  }
  const length = end.chapter - start.chapter || end.verse - start.verse;
  if (length < 0)
    throw new ReferenceFault('The range ends before it begins.', [join(book, to, from)]);
  return length === 0
    ? { kind: 'verse', book: slug, ...start }
    : { kind: 'range', book: slug, from: start, to: end };
}

/** The book as the subject of a sentence, and what its chapters are called. */
const wording: Readonly<Record<string, readonly [string, string]>> = {
  ps: ['The Book of Psalms', 'psalm'],
  dc: ['The Doctrine and Covenants', 'section'],
};

function check(book: Book, place: Place): Place {
  const { slug, name, chapters, singleChapter } = book;
  const { chapter, verse } = place;
  const [subject, unit] = wording[slug] ?? [name, 'chapter'];
  if (chapter < 1 || chapter > chapters) {
    const nearest: Reference = { kind: 'chapter', book: slug, chapter: chapter < 1 ? 1 : chapters };
    const count = singleChapter ? `one ${unit}` : `${chapters} ${unit}s`;
    throw new ReferenceFault(`${subject} has ${count}; there is no ${unit} ${chapter}.`, [nearest]);
  }
  if (verse === undefined || hasVerse(slug, chapter, verse)) return place;
  const where = singleChapter ? name : `${book.citation} ${chapter}`;
  const count = countVerses(slug, chapter);
  throw new ReferenceFault(
    slug === 'ps' && verse === 0
      ? `${where} has no title.`
      : `${where} has ${count} verses; there is no verse ${verse}.`,
    [{ kind: 'chapter', book: slug, chapter }],
  );
}
