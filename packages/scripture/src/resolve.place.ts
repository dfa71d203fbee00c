import { type Book, books, countVerses, hasVerse } from './canon.ts';
import type { Reference } from './reference.ts';
import { readCommas } from './resolve.comma.ts';
import { ReferenceFault } from './resolve.fault.ts';
import type { Item, Point } from './resolve.syntax.ts';

/** A chapter, or a verse of it. */
interface Place {
  readonly chapter: number;
  readonly verse?: number;
}

/** What the places typed after a book mean in it. */
export interface Placed {
  readonly references: readonly Reference[];
  /** Places that the book does not have, as typed. */
  readonly faults: readonly { readonly typed: string; readonly fault: ReferenceFault }[];
  /** How something was read that may mean two things. */
  readonly notes: readonly string[];
}

/** The references that the places typed after a book mean in it; without places, the book or its only chapter. */
export function placeItems(book: Book, typed: readonly Item[]): Placed {
  if (typed.length === 0) return { references: [wholeBook(book)], faults: [], notes: [] };
  const { items, notes } = readCommas(book, typed);
  const references: Reference[] = [];
  const faults: { typed: string; fault: ReferenceFault }[] = [];
  let chapter: number | undefined;
  let inVerses = false;
  for (const item of items) {
    if (item.after === ';') inVerses = false;
    const lone = items.length === 1 && !item.to && !item.toBooks && !item.follow;
    try {
      const { last, ...own } = placeItem(book, item, { chapter, inVerses, lone });
      references.push(...own.references);
      chapter = last.chapter;
      inVerses = last.verse !== undefined;
    } catch (fault) {
      if (!(fault instanceof ReferenceFault)) throw fault;
      // A verse after it is of the same chapter: "99:1, 3".
      if (item.from.form === 'pair') chapter = item.from.chapter;
      inVerses ||= item.from.form === 'pair';
      const before = faults.at(-1);
      if (before?.fault.message === fault.message) before.typed += `, ${item.typed}`;
      else faults.push({ typed: item.typed, fault });
    }
  }
  return { references, faults, notes };
}

function placeItem(
  book: Book,
  item: Item,
  context: Context,
): { references: Reference[]; last: Place } {
  if (item.from.form === 'book' || item.toBooks) return placeAcross(book, item, context);
  const from = placePoint(book, item.from, context);
  const to = placeEnd(book, item, from);
  return { references: [join(book, from, to)], last: to };
}

/** A range that ends in another book is a range of each: "Gen 49-Ex 2" is Genesis 49–50 and Exodus 1–2. */
function placeAcross(
  book: Book,
  { from, to, toBooks = [] }: Item,
  context: Context,
): { references: Reference[]; last: Place } {
  const start: Reference =
    from.form === 'book'
      ? wholeBook(book)
      : join(book, placePoint(book, from, context), lastOf(book));
  const end = toBooks.find(({ order }) => order > book.order);
  if (!end) throw new ReferenceFault('The range ends before it begins.');
  const last = to
    ? placePoint(end, to, { chapter: undefined, inVerses: false, lone: false })
    : undefined;
  const between = books.slice(book.order, end.order - 1).map(wholeBook);
  const rest = last ? join(end, { chapter: 1 }, last) : wholeBook(end);
  return { references: [start, ...between, rest], last: last ?? lastOf(end) };
}

function lastOf({ chapters }: Book): Place {
  return { chapter: chapters };
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
  if (point.form === 'book') return { chapter: 1 };
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
  if (!to && !follow) return from;
  const { chapter, verse } = from;
  try {
    if (to) {
      return placePoint(book, to, { chapter, inVerses: verse !== undefined, lone: false });
    }
    if (follow === 'f') {
      const next = verse === undefined ? { chapter: chapter + 1 } : { chapter, verse: verse + 1 };
      return check(book, next);
    }
  } catch (fault) {
    // A range past the end: offers what there is of it.
    if (!(fault instanceof BeyondFault) || verse === 0) throw fault;
    throw new ReferenceFault(fault.message, [join(book, from, fault.nearest)]);
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

/** A place beyond the end of its book or chapter, and the last one that there is. */
class BeyondFault extends ReferenceFault {
  readonly nearest: Place;

  constructor(reason: string, suggestions: readonly Reference[], nearest: Place) {
    super(reason, suggestions);
    this.nearest = nearest;
  }
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
    const beyond = { chapter: chapters, ...(verse && { verse: countVerses(slug, chapters) }) };
    const reason = `${subject} has ${count}; there is no ${unit} ${chapter}.`;
    throw chapter < 1
      ? new ReferenceFault(reason, [nearest])
      : new BeyondFault(reason, [nearest], beyond);
  }
  if (verse === undefined || hasVerse(slug, chapter, verse)) return place;
  const where = singleChapter ? name : `${book.citation} ${chapter}`;
  const count = countVerses(slug, chapter);
  const reason =
    slug === 'ps' && verse === 0
      ? `${where} has no title.`
      : `${where} has ${count} verses; there is no verse ${verse}.`;
  const whole: Reference = { kind: 'chapter', book: slug, chapter };
  throw verse > count
    ? new BeyondFault(reason, [whole], { chapter, verse: count })
    : new ReferenceFault(reason, [whole]);
}
