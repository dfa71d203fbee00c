import { expect, it } from 'vitest';
import { wordsBetween, wordsOf } from './verse.words.ts';

/** The text of the words, taken from their pieces. */
function read(pieces: readonly string[]): string[] {
  return wordsOf(pieces).map(({ start, end }) => {
    const parts = pieces.slice(start[0], end[0] + 1);
    return parts
      .map((text, at) => {
        const from = at === 0 ? start[1] : 0;
        const to = at === parts.length - 1 ? end[1] : text.length;
        return text.slice(from, to);
      })
      .join('');
  });
}

it.each([
  [['And now, my son'], ['And', 'now,', 'my', 'son']],
  [
    [' ', 'The ', 'LORD', '’s hand '],
    ['The', 'LORD’s', 'hand'],
  ],
  [
    ['I', '\u2060, Nephi'],
    ['I\u2060,', 'Nephi'],
  ],
  [['one  two\u00a0three'], ['one', 'two', 'three']],
  [
    ['—yea, ', 'even—now'],
    ['—yea,', 'even—now'],
  ],
  [['in', 'spirit'], ['inspirit']],
  [[''], []],
  [[' ', ' '], []],
])('%j', (pieces, words) => expect(read(pieces)).toEqual(words));

it.each([
  [0, 4, 5, 'all'],
  [0, 3, 5, { start: 0, end: 4 }],
  [2, 2, 5, { start: 2, end: 3 }],
  [3, 2, 5, undefined],
])('words %d to %d of %d', (first, last, total, words) =>
  expect(wordsBetween(first, last, total)).toEqual(words),
);
