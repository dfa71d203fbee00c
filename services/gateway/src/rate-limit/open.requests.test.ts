import { expect, it } from 'vitest';
import { OpenRequests } from './open.requests.ts';

it('lets each caller have as much open as the limit says, and forgets who has nothing open', () => {
  const open = new OpenRequests(10);
  expect(open.enter('a', 6)).toBe(true);
  expect(open.enter('a', 4)).toBe(true);
  expect(open.enter('a', 1)).toBe(false);
  expect(open.enter('b', 1)).toBe(true);
  open.leave('a', 4);
  expect(open.enter('a', 5)).toBe(false);
  expect(open.enter('a', 3)).toBe(true);
  open.leave('a', 3);
  open.leave('a', 6);
  open.leave('b', 1);
  expect(open.size).toBe(0);
});

it('lets a request through alone that costs more than the limit', () => {
  const open = new OpenRequests(5);
  expect(open.enter('a', 10)).toBe(true);
  expect(open.enter('a', 1)).toBe(false);
  open.leave('a', 10);
  expect(open.enter('a', 1)).toBe(true);
  expect(open.enter('a', 10)).toBe(false);
});
