import type { StudyWords } from '@gospelib/contracts';

/** A place in a text that lies in pieces: which piece, and how far into it. */
export type Point = readonly [piece: number, offset: number];
export type Word = { readonly start: Point; readonly end: Point };

/** The words of a text that lies in pieces, as the library counts them: from 0, between spaces. */
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

/** The same words as one puts it shortest: none for all of them; undefined for none of them. */
export function wordsBetween(
  first: number,
  last: number,
  total: number,
): StudyWords | 'all' | undefined {
  if (last < first) return undefined;
  return first === 0 && last === total - 1 ? 'all' : { start: first, end: last + 1 };
}
