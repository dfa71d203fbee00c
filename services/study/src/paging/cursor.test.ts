import { ProblemError } from '@gospelib/service-kit';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { cutPage, readCursor, writeCursor } from './cursor.ts';

const position = z.tuple([z.int(), z.string()]);

it('reads what it wrote', () => {
  expect(readCursor(writeCursor([7, 'é']), position)).toEqual([7, 'é']);
  expect(readCursor(undefined, position)).toBeUndefined();
});

it.each(['', 'x', '!!', writeCursor([]), writeCursor(['7', 'a']), writeCursor([7, 'a', 1])])(
  'refuses %j',
  (cursor) => {
    expect(() => readCursor(cursor, position)).toThrow(ProblemError);
  },
);

it.each([
  [[], { items: [] }],
  [[1, 2], { items: [1, 2] }],
  [[1, 2, 3], { items: [1, 2], next: writeCursor([2]) }],
])('cuts %j to pages of two', (rows, page) => {
  expect(cutPage(rows, 2, (last) => [last])).toEqual(page);
});
