import { expect, it } from 'vitest';
import { mapCost } from './request.cost.ts';

it.each([
  [{}, 1],
  [{ depth: '1' }, 1],
  [{ depth: '2' }, 3],
  [{ depth: '3' }, 10],
  // Content reads it as 3.
  [{ depth: '3.0' }, 10],
  [{ depth: ['1', '3'] }, 10],
])('a map with %j costs %i', (query, cost) => {
  expect(mapCost({ query })).toBe(cost);
});
