import { Cursor } from './resolve.cursor.ts';
import { ReferenceFault } from './resolve.fault.ts';
import { isBookWithPlace, readHeading } from './resolve.heading.ts';
import { readItems } from './resolve.items.ts';
import { RANGE_WORDS } from './resolve.point.ts';
import type { Group, Item, Part } from './resolve.syntax.ts';
import { readTranslations } from './resolve.translation.ts';

const INTRODUCTIONS = 'see also cf confer compare and or with from par parr parallel parallels';
const SEPARATORS = '; , . & /';

/**
 * Splits typed text into books and the places after each, and parts that are neither. What is not understood reaches
 * to the next ";", or to a comma before a book and its place; what was typed before it in the same breath counts only
 * if it cannot be mistaken ("John 3:16 for God so loved", but not "is 40 days").
 */
export function parseParts(text: string): Part[] {
  const cursor = new Cursor(text);
  const parts: Part[] = [];
  /** The parts before the last separator, and where it ends. */
  let before = { parts: 0, at: 0 };
  cursor.skip('- ..');
  skipBetween(cursor);
  let separated = true;
  while (!cursor.done) {
    const start = cursor.at;
    try {
      parts.push(readGroup(cursor, separated, parts.length === 0));
    } catch (fault) {
      if (!(fault instanceof ReferenceFault)) throw fault;
      const kept = parts.length > before.parts && isUnmistakable(parts.at(-1));
      if (!kept) parts.length = before.parts;
      const from = kept ? start : before.at;
      cursor.at = start;
      skipToNext(cursor);
      const source = typedWithoutMarks(cursor, from);
      const all = new ReferenceFault(`“${source}” was not understood.`);
      parts.push({ fault: kept ? all : fault, source });
    }
    separated = skipBetween(cursor);
    if (separated) before = { parts: parts.length, at: cursor.at };
  }
  return parts;
}

function readGroup(cursor: Cursor, separated: boolean, first: boolean): Group {
  const start = cursor.at;
  const translations = readTranslations(cursor, 'before');
  const heading = readHeading(cursor);
  if (!heading) throw unexpected(cursor, first);
  const items = readBookRange(cursor) ?? readItems(cursor, heading);
  const known = heading.books.length > 0 || heading.textless;
  const words = !separated && !(known && items.length > 0);
  if (words || cursor.at === start) {
    cursor.at = start;
    throw unexpected(cursor, false);
  }
  if (items.length > 0) translations.push(...readTranslations(cursor, 'after'));
  // Whatever follows belongs to it: "JST Gen. 1:1".
  else if (heading.textless && !cursor.isMark(SEPARATORS)) skipToNext(cursor);
  return { ...heading, items, translations, source: cursor.typed(start, cursor.at) };
}

/** "Genesis–Exodus 2": a range that begins with the whole book before the cursor. */
function readBookRange(cursor: Cursor): Item[] | undefined {
  const start = cursor.at;
  if (!cursor.isMark('-') && !cursor.isWord('through thru')) return undefined;
  cursor.at += 1;
  const end = readHeading(cursor);
  if (!end || end.books.length === 0) {
    cursor.at = start;
    return undefined;
  }
  const [last, ...more] = readItems(cursor, end);
  const typed = cursor.typed(start, cursor.at);
  const item = { from: { form: 'book' }, toBooks: end.books, after: 'start' } as const;
  if (!last) return [{ ...item, typed }];
  const to = last.from.form === 'bare' ? chapterOf(last.from.number, end.books[0]) : last.from;
  return [{ ...item, to, typed }, ...more];
}

function chapterOf(number: number, book: Group['books'][number] | undefined) {
  return { form: book?.singleChapter ? 'verse' : 'chapter', number } as const;
}

/** Skips the text between references, and an incomplete place at the end ("Alma 32:"). */
function skipBetween(cursor: Cursor): boolean {
  const start = cursor.at;
  while (cursor.isMark(SEPARATORS) || cursor.isWord(INTRODUCTIONS)) cursor.at += 1;
  const begun = cursor.at;
  cursor.skip(': - ..');
  if (cursor.unit() && !cursor.peek(1)) cursor.at += 1;
  if (!cursor.done) cursor.at = begun;
  return cursor.at > start;
}

/** Skips to a ";", or to another separator that stands before a book and its place. */
function skipToNext(cursor: Cursor): void {
  while (!cursor.done && !cursor.isMark(';')) {
    const separates = cursor.isMark(', /') || cursor.isWord('and or');
    if (separates && isBookWithPlace(cursor, 1)) return;
    cursor.at += 1;
  }
}

/** Whether it has a chapter and a verse with a mark between them, which no other text has. */
function isUnmistakable(part: Part | undefined): boolean {
  if (part === undefined || 'fault' in part) return false;
  return part.items.some(({ from, typed }) => from.form === 'pair' && !/^\d+\s+\d/.test(typed));
}

function unexpected(cursor: Cursor, first: boolean): ReferenceFault {
  if (cursor.isMark('- ..') || cursor.isWord(RANGE_WORDS)) {
    const back = cursor.at;
    cursor.at += 1;
    const heading = readHeading(cursor);
    if (heading) return new ReferenceFault(`“${heading.typed}” was not understood.`);
    cursor.at = back;
  }
  const placed = first && (cursor.isNumber() || cursor.unit());
  const typed = cursor.typed(cursor.at, placed ? cursor.tokens.length : cursor.at + 1);
  return new ReferenceFault(
    placed ? `“${typed}” names no book.` : `“${typed}” was not understood.`,
  );
}

function typedWithoutMarks(cursor: Cursor, from: number): string {
  let start = from;
  while (start < cursor.at && cursor.tokens[start]?.kind === 'mark') start += 1;
  return cursor.typed(start, cursor.at);
}
