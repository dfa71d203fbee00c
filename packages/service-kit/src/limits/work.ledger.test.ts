import { expect, it } from 'vitest';
import { WorkLedger } from './work.ledger.ts';

it('tells all that was done for a user once, and nobody else', () => {
  const work = new WorkLedger();
  work.add('a', 2);
  work.add('a', 3);
  work.add('b', 7);
  expect([work.take('a'), work.take('a'), work.take('b'), work.take('c')]).toEqual([5, 0, 7, 0]);
});
