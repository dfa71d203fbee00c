import { ordinalOf } from './book.lexicon.ts';
import type { Cursor } from './resolve.cursor.ts';
import { isSuffix, namesBook, startsHeading } from './resolve.heading.ts';
import type { Point } from './resolve.syntax.ts';
import { romanNumber } from './roman.ts';

export const RANGE_WORDS = 'to through thru until';

interface PointOptions {
  /** Whether "32 21" means chapter and verse. */
  readonly spaced: boolean;
  /** Whether a chapter may be Roman. */
  readonly roman: boolean;
}

/** Reads a place: "32", "32:21", "ch. 32 v. 21", "xxxii. 21"; undefined, without moving, where none is. */
export function readPoint(cursor: Cursor, { spaced, roman }: PointOptions): Point | undefined {
  const back = cursor.at;
  const plain = roman ? romanAt(cursor) : undefined;
  const unit = plain === undefined ? cursor.unit() : undefined;
  if (unit) cursor.at += 1;
  if (unit) cursor.skip('.');
  const old = plain ?? (unit && unit !== 'verse' ? romanAt(cursor) : undefined);
  const number = old ?? readNumber(cursor);
  if (number === undefined) {
    cursor.at = back;
    return undefined;
  }
  if (old !== undefined) cursor.at += 1;
  if (unit === 'verse') return { form: 'verse', number };
  const dotted = cursor.isMark('.');
  const verse = old === undefined ? readVerse(cursor, spaced) : readVerseAfterRoman(cursor);
  if (verse === undefined) {
    return { form: unit || old !== undefined ? 'chapter' : 'bare', number };
  }
  return { form: 'pair', chapter: number, verse, dotted };
}

/** The Roman number at the cursor, unless it begins the name of a book ("I Cor.") or is a unit ("v5"). */
export function romanAt(cursor: Cursor): number | undefined {
  const token = cursor.peek();
  const number = token?.kind === 'word' ? romanNumber(token.text) : undefined;
  if (token === undefined || number === undefined) return undefined;
  if (cursor.unit() && cursor.isNumber(1) && cursor.peek(1)?.glued) return undefined;
  return ordinalOf(token.text) !== undefined && namesBook(cursor) ? undefined : number;
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
    else if (cursor.isMark('.') ? !skipDot(cursor) : !spaced || startsHeading(cursor))
      return undefined;
  }
  const verse = readNumber(cursor);
  if (verse === undefined) cursor.at = back;
  return verse;
}

/** After a Roman chapter a number is a verse, whatever stands between: "iii. 3", "xvii, 19". */
function readVerseAfterRoman(cursor: Cursor): number | undefined {
  const back = cursor.at;
  cursor.skip(': . ,');
  if (cursor.unit() === 'verse') cursor.at += 1;
  cursor.skip('.');
  const verse = cursor.isNumber() && !startsHeading(cursor) ? readNumber(cursor) : undefined;
  if (verse === undefined) cursor.at = back;
  return verse;
}

/** Skips a dot that joins two numbers. */
function skipDot(cursor: Cursor): boolean {
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
