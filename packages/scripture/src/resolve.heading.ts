import { volumeAliases } from './book.alias.ts';
import { isFiller, nameKey, ordinalOf } from './book.lexicon.ts';
import { lookUpBooks, lookUpNamed } from './book.lookup.ts';
import type { Cursor } from './resolve.cursor.ts';
import type { Heading } from './resolve.syntax.ts';
import { romanNumber } from './roman.ts';
import { findTextless, type TextlessWork } from './textless.ts';
import { findTranslation, MAX_TRANSLATION_WORDS } from './translation.ts';

/** More words than any name has. */
const MAX_WORDS = 12;
/** Words after a number that name no book: "3 and 4", "16 ff", "16 to 18". */
const CONNECTORS = 'and or to through thru f ff title';
/** Parts of a verse: "16a", "3ac". */
const SUFFIX = /^[a-e]{1,3}$/;

/** A growing part of a name: "song", "song of", "song of songs". */
interface Candidate {
  readonly key: string;
  readonly end: number;
}

/**
 * Reads the book named at the cursor and moves past it: "1 Ne.", "II Tim", "The Song of Songs", "JS—H".
 * Undefined, without moving, when no name begins here; no books when it is the name of an unknown book.
 */
export function readHeading(cursor: Cursor): Heading | undefined {
  const start = cursor.at;
  if (cursor.unit() === 'section') return { typed: '', key: 'dc', books: lookUpNamed('dc') };
  const number = readOrdinal(cursor);
  const words = number === undefined ? [] : readWords(cursor);
  const last = words.at(-1);
  cursor.at = start;
  if (number === undefined || !last) return undefined;

  const whole = words
    .map(({ word }) => word)
    .join('')
    .replace(/^the/, '');
  if (!number && Object.hasOwn(volumeAliases, whole)) {
    return settle(cursor, start, { key: whole, end: last.end }, []);
  }
  const candidates = words.flatMap(({ word, end }, index): Candidate[] => {
    const key = nameKey(words.slice(0, index + 1).map((taken) => taken.word));
    return isFiller(word) || !key ? [] : [{ key: number + key, end }];
  });
  for (const candidate of candidates.toReversed()) {
    const books = lookUpNamed(candidate.key);
    if (books.length > 0) return settle(cursor, start, candidate, books);
    const textless = findTextless(candidate.key);
    if (textless && (!textless.needsNumber || hasNumber(cursor, candidate.end))) {
      return settle(cursor, start, candidate, [], textless);
    }
  }
  // The name of an unknown book ends before a Roman chapter: "Genisis iii. 3".
  const chapter = words.findIndex(({ word }, at) => at > 0 && romanNumber(word) !== undefined);
  const own = candidates.findLast(({ end }) => chapter < 1 || end < (words[chapter]?.end ?? 0));
  const all = own ?? { key: '', end: last.end };
  return settle(cursor, start, all, all.key ? lookUpBooks(all.key) : []);
}

/** Whether the number at the cursor begins a book ("1 Nephi") rather than being a chapter or verse. */
export function startsHeading(cursor: Cursor): boolean {
  const start = cursor.at;
  const heading = readHeading(cursor);
  cursor.at = start;
  if (!heading) return false;
  if (heading.books.length > 0 || heading.textless) return true;
  // "John 3:16-17 NIV".
  if (namesTranslation(cursor, 1)) return false;
  const bare = heading.key.replace(/^\d+/, '');
  return lookUpBooks(bare).length === 0;
}

/** Whether a known name begins at the cursor. */
export function namesBook(cursor: Cursor): boolean {
  const start = cursor.at;
  const heading = readHeading(cursor);
  cursor.at = start;
  return heading !== undefined && (heading.books.length > 0 || heading.textless !== undefined);
}

/** Whether a known name with a number after it begins so many tokens further on. */
export function isBookWithPlace(cursor: Cursor, ahead: number): boolean {
  const start = cursor.at;
  cursor.at += ahead;
  const heading = readHeading(cursor);
  const end = cursor.at;
  cursor.at = start;
  return heading !== undefined && heading.books.length > 0 && hasNumber(cursor, end);
}

/** Reads "1", "2nd", "III", "First"; '' when a name begins without an ordinal, undefined when no name begins. */
function readOrdinal(cursor: Cursor): string | undefined {
  const first = cursor.peek();
  if (first?.kind === 'word') {
    const number = ordinalOf(first.text);
    const dots = cursor.isMark('.', 1) ? 2 : 1;
    if (number === undefined || cursor.peek(dots)?.kind !== 'word')
      return cursor.unit() ? undefined : '';
    cursor.at += dots;
    return number;
  }
  if (first?.kind !== 'number') return undefined;
  const number = String(Number(first.text));
  cursor.at += 1;
  // "1st Nephi"; but "1Th 5:21" is 1 Thessalonians.
  const ranked = cursor.isWord('st nd rd th') && cursor.peek()?.glued;
  if (ranked && cursor.peek(1)?.kind === 'word') cursor.at += 1;
  const dashed = cursor.isMark('-') && cursor.peek()?.glued && cursor.peek(1)?.glued;
  if (cursor.isMark('.') || dashed) cursor.at += 1;
  const word = cursor.peek();
  // "v. 3-vi. 1" is a range.
  if (dashed && word && romanNumber(word.text) !== undefined) return undefined;
  const names = word?.kind === 'word' && !cursor.isWord(CONNECTORS) && !isSuffix(cursor);
  // "1 Ch 3:4" is a book, "3 ch 4" is not.
  if (!names || (cursor.unit() && lookUpNamed(number + word.text).length === 0)) return undefined;
  return number;
}

/** Letters attached to a verse's number: "16a". */
export function isSuffix(cursor: Cursor): boolean {
  const token = cursor.peek();
  return token?.kind === 'word' && token.glued && SUFFIX.test(token.text);
}

function namesTranslation(cursor: Cursor, ahead: number): boolean {
  let key = '';
  for (let word = 0; word < MAX_TRANSLATION_WORDS; word += 1) {
    const token = cursor.peek(ahead + word);
    if (token?.kind !== 'word') return false;
    key += token.text;
    if (findTranslation(key) !== undefined) return true;
  }
  return false;
}

function readWords(cursor: Cursor): { word: string; end: number }[] {
  const words: { word: string; end: number }[] = [];
  while (words.length < MAX_WORDS) {
    const token = cursor.peek();
    const stops = words.length > 0 && (cursor.unit() || cursor.isWord('through thru'));
    if (token?.kind !== 'word' || stops) break;
    cursor.at += 1;
    words.push({ word: token.text, end: cursor.at });
    cursor.skip('. & -');
  }
  return words;
}

function hasNumber(cursor: Cursor, end: number): boolean {
  let at = end;
  while (cursor.tokens[at]?.kind === 'mark') at += 1;
  return cursor.tokens[at]?.kind === 'number';
}

function settle(
  cursor: Cursor,
  start: number,
  { key, end }: Candidate,
  books: Heading['books'],
  textless?: TextlessWork,
): Heading {
  cursor.at = end;
  const heading = { typed: cursor.typed(start, end), key, books };
  return textless ? { ...heading, textless } : heading;
}
