import { Cursor } from './resolve.cursor.ts';
import { ReferenceFault } from './resolve.fault.ts';
import { isSuffix, readHeading, startsHeading } from './resolve.heading.ts';
import type { Group, Heading, Item, Point } from './resolve.syntax.ts';

const RANGE_WORDS = 'to through thru until';
const INTRODUCTIONS = 'see also cf compare and';

/**
 * Splits typed text into books and the places after each.
 * @throws ReferenceFault when a part of it is neither
 */
export function parseGroups(text: string): Group[] {
  const cursor = new Cursor(text);
  const groups: Group[] = [];
  skipBetween(cursor);
  while (!cursor.done) {
    const start = cursor.at;
    const heading = readHeading(cursor);
    if (!heading) throw unexpected(cursor, groups.length === 0);
    const group = { ...heading, items: readItems(cursor, heading) };
    groups.push(group);
    // It decides the answer regardless of what follows: "JST Gen. 1:1".
    if (group.textless) break;
    const end = cursor.at;
    const separated = skipBetween(cursor) || group.items.length > 0;
    if (!cursor.done && (!separated || end === start)) throw unexpected(cursor, false);
  }
  return groups;
}

/** Skips the text between references, and an incomplete place at the end ("Alma 32:"). */
function skipBetween(cursor: Cursor): boolean {
  const start = cursor.at;
  while (cursor.isMark('; , . &') || cursor.isWord(INTRODUCTIONS)) cursor.at += 1;
  const begun = cursor.at;
  cursor.skip(': - ..');
  if (cursor.unit() && !cursor.peek(1)) cursor.at += 1;
  if (!cursor.done) cursor.at = begun;
  return cursor.at > start;
}

function unexpected(cursor: Cursor, first: boolean): ReferenceFault {
  if (cursor.isMark('- ..') || cursor.isWord(RANGE_WORDS)) {
    cursor.at += 1;
    const heading = readHeading(cursor);
    if (heading) return notWithin(heading);
    cursor.at -= 1;
  }
  const placed = first && (cursor.isNumber() || cursor.unit());
  const typed = cursor.typed(cursor.at, placed ? cursor.tokens.length : cursor.at + 1);
  return new ReferenceFault(
    placed ? `“${typed}” names no book.` : `“${typed}” was not understood.`,
  );
}

/** The fault of a range that ends with another book, or with no known book. */
function notWithin({ books, typed }: Heading): ReferenceFault {
  return new ReferenceFault(
    books.length > 0
      ? 'A range of verses stays within one book.'
      : `“${typed}” was not understood.`,
  );
}

function readItems(cursor: Cursor, heading: Heading): Item[] {
  const items: Item[] = [];
  let after: Item['after'] = 'start';
  let back = cursor.at;
  // "Isaiah, chapter 53", but "Alma, 1 Nephi 3".
  cursor.skip('. , : -');
  if (cursor.at > back && cursor.isNumber() && startsHeading(cursor)) cursor.at = back;
  while (cursor.isNumber() || cursor.unit()) {
    // "Alma 5; section 76": the unit names another book.
    if (after !== 'start' && cursor.unit() === 'section' && heading.books[0]?.slug !== 'dc') break;
    if (after !== 'start' && cursor.isNumber() && startsHeading(cursor)) break;
    const from = readPoint(cursor, after !== ',');
    if (!from) break;
    items.push(readRest(cursor, heading, { from, after }));
    back = cursor.at;
    const separator = readSeparator(cursor);
    if (!separator) break;
    after = separator;
  }
  cursor.at = back;
  return items;
}

/** ";" if there is one, "," for any other separator, undefined for none. */
function readSeparator(cursor: Cursor): ';' | ',' | undefined {
  let separator: ';' | ',' | undefined;
  cursor.skip('.');
  while (cursor.isMark('; , &') || cursor.isWord('and or')) {
    separator = cursor.isMark(';') || separator === ';' ? ';' : ',';
    cursor.at += 1;
  }
  return separator;
}

/** Reads the end of a range, or "f" and "ff". */
function readRest(cursor: Cursor, heading: Heading, item: Item): Item {
  const back = cursor.at;
  if (cursor.isMark('- ..') || cursor.isWord(RANGE_WORDS)) {
    cursor.at += 1;
    const to = readEnd(cursor, heading);
    if (to) return { ...item, to };
    cursor.at = back;
  } else if (cursor.isWord('f ff')) {
    const follow = cursor.isWord('ff') ? 'ff' : 'f';
    cursor.at += 1;
    return { ...item, follow };
  }
  return item;
}

function readEnd(cursor: Cursor, heading: Heading): Point | undefined {
  const named = cursor.isNumber() ? startsHeading(cursor) : !cursor.unit();
  const again = named ? readHeading(cursor) : undefined;
  if (!again) return readPoint(cursor, false);
  const same =
    again.key === heading.key || again.books.some((book) => heading.books.includes(book));
  if (!same) throw notWithin(again);
  cursor.skip('. , :');
  const point = readPoint(cursor, true);
  if (point?.form !== 'bare') return point;
  // "Matthew 5:48–Matthew 6": after its book, a number is a chapter again.
  return { form: again.books[0]?.singleChapter ? 'verse' : 'chapter', number: point.number };
}

/** @param spaced whether "32 21" means chapter and verse */
function readPoint(cursor: Cursor, spaced: boolean): Point | undefined {
  const back = cursor.at;
  const unit = cursor.unit();
  if (unit) cursor.at += 1;
  if (unit) cursor.skip('.');
  const number = readNumber(cursor);
  if (number === undefined) {
    cursor.at = back;
    return undefined;
  }
  if (unit === 'verse') return { form: 'verse', number };
  const verse = readVerse(cursor, spaced);
  if (verse !== undefined) return { form: 'pair', chapter: number, verse };
  return { form: unit ? 'chapter' : 'bare', number };
}

/** Reads the verse after a chapter: ":21", ".21", ", verse 21", " 21", " (title)". */
function readVerse(cursor: Cursor, spaced: boolean): number | undefined {
  const back = cursor.at;
  if (cursor.isWord('title')) {
    cursor.at += 1;
    return 0;
  }
  cursor.skip(': . ,');
  if (cursor.unit() === 'verse') {
    cursor.at += 1;
    cursor.skip('.');
  } else {
    cursor.at = back;
    // "John 3:1 John 4" is a verse and a book, "John 3. 1 John 4" are two books.
    if (cursor.isMark(':')) cursor.at += 1;
    else if (cursor.isMark('.') ? !dotted(cursor) : !spaced || startsHeading(cursor))
      return undefined;
  }
  const verse = readNumber(cursor);
  if (verse === undefined) cursor.at = back;
  return verse;
}

/** Skips a dot that joins two numbers. */
function dotted(cursor: Cursor): boolean {
  cursor.at += 1;
  if (cursor.isNumber() && !startsHeading(cursor)) return true;
  cursor.at -= 1;
  return false;
}

function readNumber(cursor: Cursor): number | undefined {
  const token = cursor.peek();
  if (token?.kind !== 'number') return undefined;
  cursor.at += 1;
  if (isSuffix(cursor)) cursor.at += 1;
  return Number(token.text);
}
