import type { StudyWords } from '@gospelib/contracts';

/** A position in a text that is split into pieces: the piece, and the offset in it. */
export type Point = readonly [piece: number, offset: number];
export type Word = { readonly start: Point; readonly end: Point };

/** The words of a text in pieces, counted as study does: from 0, between spaces. */
export function wordsOf(pieces: readonly string[]): readonly Word[] {
  const words: Word[] = [];
  let start: Point | undefined;
  let end: Point = [0, 0];
  const close = () => {
    if (start) words.push({ start, end });
    start = undefined;
  };
  pieces.forEach((text, piece) => {
    for (const match of text.matchAll(/\S+|\s+/g)) {
      if (/\s/.test(match[0])) {
        close();
        continue;
      }
      start ??= [piece, match.index];
      end = [piece, match.index + match[0].length];
    }
  });
  close();
  return words;
}

/** The shortest form of a selection of words: none for all of them; undefined for no word. */
export function wordsBetween(
  first: number,
  last: number,
  total: number,
): StudyWords | 'all' | undefined {
  if (last < first) return undefined;
  return first === 0 && last === total - 1 ? 'all' : { start: first, end: last + 1 };
}
