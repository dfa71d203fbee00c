import { expect, it } from 'vitest';
import { fitting } from './fitting.ts';

it.each([
  [[], 0],
  [[3, 3, 3], 3],
  [[1, 1, 1, 1, 1], 4],
  [[3, 3, 5, 1], 2],
  [[3, 3, 4, 1], 3],
  [[50, 1], 1],
])('of rows with %j bytes, %i are on the page', (sizes, count) => {
  const rows = sizes.map((bytes, i) => ({ id: String(i), bytes }));
  expect(fitting(rows, { rows: 4, bytes: 10 })).toBe(count);
});
