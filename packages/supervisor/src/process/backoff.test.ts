import { expect, test } from 'vitest';
import { backoff, countFalls } from './backoff.ts';

test('each fall in a row waits twice as long, up to a quarter of a minute', () => {
  expect([1, 2, 3, 4, 7, 8, 50].map(backoff)).toEqual([
    200, 400, 800, 1600, 12_800, 15_000, 15_000,
  ]);
});

test('what ran for half a minute is well again', () => {
  expect(countFalls(0, 10)).toBe(1);
  expect(countFalls(4, 29_999)).toBe(5);
  expect(countFalls(4, 30_000)).toBe(1);
});
