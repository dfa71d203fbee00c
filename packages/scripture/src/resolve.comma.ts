import { type Book, hasVerse } from './canon.ts';
import type { Item, Point } from './resolve.syntax.ts';

type Pair = Extract<Point, { form: 'pair' }>;

export interface CommasRead {
  readonly items: readonly Item[];
  /** Says how a comma was read that may mean either. */
  readonly notes: readonly string[];
}

/**
 * Reads commas as continental books write them: "5,3-12" is chapter 5, verses 3 to 12, "5,3.7" its verses 3 and 7,
 * "1,1-2,4" a range from 1:1 to 2:4. In English a comma divides a list of chapters: "5, 6". A comma without a space
 * after it stands before a verse if the chapter has it, unless three chapters or more are listed in order; a comma with
 * a space does where the numbers are no list of chapters ("5, 3-12").
 */
export function readCommas(book: Book, items: readonly Item[]): CommasRead {
  if (book.singleChapter) return { items, notes: [] };
  const notes: string[] = [];
  const read = runsOf(items).flatMap((run) => {
    const verses = readsAsVerses(book, run);
    if (mayBeEither(book, run)) notes.push(noteOn(book, run, verses));
    return verses ? joinRun(run) : run;
  });
  return { items: read, notes };
}

/** The items from one ";" to the next. */
function runsOf(items: readonly Item[]): Item[][] {
  const runs: Item[][] = [];
  for (const item of items) {
    if (item.after === ',' && runs.length > 0) runs.at(-1)?.push(item);
    else runs.push([item]);
  }
  return runs;
}

function readsAsVerses(book: Book, run: readonly Item[]): boolean {
  if (!mayBeVerse(book, run)) return false;
  const list = isList(book, run);
  return run[1]?.comma === 'glued' ? run.length === 2 || !list : !list;
}

/** Whether people may mean chapters or a verse: "1,3", but not "32, 33". */
function mayBeEither(book: Book, run: readonly Item[]): boolean {
  if (run.length !== 2 || !isList(book, run) || !mayBeVerse(book, run)) return false;
  const [first, second] = run.map(({ from }) => (from.form === 'bare' ? from.number : 0));
  return run[1]?.comma === 'glued' || second !== (first ?? 0) + 1;
}

/** Whether the run begins with a chapter and a verse that it has. */
function mayBeVerse({ slug }: Book, [first, second]: readonly Item[]): boolean {
  if (first?.from.form !== 'bare' || first.to || first.toBooks || first.follow) return false;
  if (second?.comma === undefined || second.toBooks) return false;
  const { from } = second;
  if (from.form === 'bare') return hasVerse(slug, first.from.number, from.number);
  return (
    second.comma === 'glued' && isDotted(from) && hasVerse(slug, first.from.number, from.chapter)
  );
}

/** Whether the run lists chapters of the book in order: "1, 3-5, 7". */
function isList({ chapters }: Book, run: readonly Item[]): boolean {
  const numbers = run.flatMap(({ from, to }) => (to ? [from, to] : [from]));
  let last = 0;
  return numbers.every((point) => {
    const number = point.form === 'bare' ? point.number : 0;
    const ascends = number > last && number <= chapters;
    last = number;
    return ascends;
  });
}

function joinRun([chapter, ...rest]: readonly Item[]): Item[] {
  const joined: Item[] = [];
  if (chapter?.from.form !== 'bare') return joined;
  let within = chapter.from.number;
  for (const [at, item] of rest.entries()) {
    const before = joined.at(-1);
    const typed = at === 0 ? `${chapter.typed},${item.typed}` : item.typed;
    const [first, ...more] = split(item.from);
    // "1,1-2,4": the number before this comma is the chapter of the end.
    if (at > 0 && item.comma === 'glued' && before?.to?.form === 'verse' && first !== undefined) {
      within = before.to.number;
      joined[joined.length - 1] = {
        ...before,
        to: { form: 'pair', chapter: within, verse: first, dotted: false },
        typed: `${before.typed},${item.typed}`,
      };
      continue;
    }
    const verses = [...(first === undefined ? [] : [first]), ...more];
    const [end, ...beyond] = item.to ? split(item.to) : [];
    const after = at === 0 ? chapter.after : ',';
    verses.forEach((verse, place) => {
      const from: Point =
        at === 0 && place === 0
          ? { form: 'pair', chapter: within, verse, dotted: false }
          : { form: 'verse', number: verse };
      const last = place === verses.length - 1;
      joined.push({
        from,
        ...(last && end !== undefined && { to: { form: 'verse', number: end } as const }),
        ...(last && item.follow && { follow: item.follow }),
        after: place === 0 ? after : ',',
        typed,
      });
    });
    for (const verse of beyond) {
      joined.push({ from: { form: 'verse', number: verse }, after: ',', typed });
    }
  }
  return joined;
}

/** The verses of a point after a comma: "3.7" is two. */
function split(point: Point): number[] {
  if (isDotted(point)) return [point.chapter, point.verse];
  return point.form === 'bare' || point.form === 'verse' ? [point.number] : [];
}

function isDotted(point: Point): point is Pair {
  return point.form === 'pair' && point.dotted;
}

function noteOn({ citation }: Book, [first, second]: readonly Item[], verses: boolean): string {
  const [chapter, other] = [first?.typed ?? '', second?.typed ?? ''];
  const comma = `“${chapter}${second?.comma === 'glued' ? ',' : ', '}${other}”`;
  return verses
    ? `${comma} was read as chapter and verse; for the chapters, write “${citation} ${chapter}; ${other}”.`
    : `${comma} was read as chapters; for the verse, write “${citation} ${chapter}:${other}”.`;
}
