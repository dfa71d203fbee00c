import type { Cursor } from './resolve.cursor.ts';
import { isSuffix, readHeading, startsHeading } from './resolve.heading.ts';
import { RANGE_WORDS, readPoint, romanAt } from './resolve.point.ts';
import type { Heading, Item } from './resolve.syntax.ts';

/** Reads the places after a book: "3:16-18, 20; 4:1", "iii. 3", "chapter 5". */
export function readItems(cursor: Cursor, heading: Heading): Item[] {
  const items: Item[] = [];
  let after: Item['after'] = 'start';
  let comma: Item['comma'];
  let back = cursor.at;
  /** Chapters are Roman, so that "v." is one, too. */
  let roman = !heading.books.some(({ singleChapter }) => singleChapter);
  // "Isaiah, chapter 53", but "Alma, 1 Nephi 3".
  cursor.skip('. , : -');
  if (cursor.at > back && cursor.isNumber() && startsHeading(cursor)) cursor.at = back;
  while (cursor.isNumber() || cursor.unit() || (roman && romanAt(cursor))) {
    // "Alma 5; section 76": the unit names another book.
    if (after !== 'start' && cursor.unit() === 'section' && heading.books[0]?.slug !== 'dc') break;
    if (after !== 'start' && cursor.isNumber() && startsHeading(cursor)) break;
    const start = cursor.at;
    roman &&= romanAt(cursor) !== undefined || (after !== 'start' && cursor.isNumber());
    const from = readPoint(cursor, { spaced: after !== ',', roman });
    if (!from) break;
    const rest = readRest(cursor, heading, roman);
    const typed = cursor.typed(start, cursor.at);
    items.push({ from, ...rest, after, comma, typed });
    back = cursor.at;
    const separated = readSeparator(cursor);
    if (!separated) break;
    after = separated;
    const alone = cursor.at === back + 1 && cursor.isMark(',', -1);
    comma = alone ? (cursor.peek()?.glued ? 'glued' : 'spaced') : undefined;
  }
  cursor.at = back;
  return items;
}

/** ";" if there is one, "," for any other separator, undefined for none. */
function readSeparator(cursor: Cursor): ';' | ',' | undefined {
  let separator: ';' | ',' | undefined;
  // "3.5.7", "12 (13-15)".
  if (cursor.isMark('.') ? cursor.isNumber(1) && cursor.peek(1)?.glued : cursor.isBracketed()) {
    separator = ',';
  }
  cursor.skip('.');
  while (cursor.isMark('; , & /') || cursor.isWord('and or')) {
    separator = cursor.isMark(';') || separator === ';' ? ';' : ',';
    cursor.at += 1;
  }
  return separator;
}

/** Reads the end of a range, or "f" and "ff". */
function readRest(
  cursor: Cursor,
  heading: Heading,
  roman: boolean,
): Pick<Item, 'to' | 'toBooks' | 'follow'> {
  const back = cursor.at;
  if (cursor.isMark('- ..') || cursor.isWord(RANGE_WORDS)) {
    cursor.at += 1;
    const end = readEnd(cursor, heading, roman);
    if (!end) cursor.at = back;
    return end ?? {};
  }
  cursor.skip('. ,');
  if (cursor.isWord('et')) cursor.at += 1;
  if (cursor.isWord('f ff sq sqq seq')) {
    const follow = cursor.isWord('f sq') ? 'f' : 'ff';
    cursor.at += 1;
    return { follow };
  }
  cursor.at = back;
  return {};
}

function readEnd(
  cursor: Cursor,
  heading: Heading,
  roman: boolean,
): Pick<Item, 'to' | 'toBooks'> | undefined {
  const chapter = roman && romanAt(cursor);
  const named = cursor.isNumber() ? startsHeading(cursor) : !chapter && !cursor.unit();
  const end = named ? readHeading(cursor) : undefined;
  if (!end) {
    const start = cursor.at;
    const to = readPoint(cursor, { spaced: false, roman });
    // "1,1-5.9-14": the dot divides verses.
    if (to?.form !== 'pair' || !to.dotted || !cursor.isMark('-')) return to && { to };
    cursor.at = start + 1;
    if (isSuffix(cursor)) cursor.at += 1;
    return { to: { form: 'bare', number: to.chapter } };
  }
  const same = end.key === heading.key || end.books.some((book) => heading.books.includes(book));
  if (!same && end.books.length === 0) return undefined;
  const back = cursor.at;
  cursor.skip('. , :');
  const point = readPoint(cursor, { spaced: true, roman });
  if (!point) cursor.at = back;
  // "Matthew 5:48–Matthew 6": after its book, a number is a chapter again.
  const form = end.books[0]?.singleChapter ? 'verse' : 'chapter';
  const to = point?.form === 'bare' ? ({ form, number: point.number } as const) : point;
  if (same) return to && { to };
  return { ...(to && { to }), toBooks: end.books };
}
