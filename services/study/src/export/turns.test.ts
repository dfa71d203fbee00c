import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

function compute(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

it('lets others in between after much computing, and not before', async () => {
  let others = 0;
  const turns = new Turns();
  setImmediate(() => others++);
  await turns.next();
  expect(others).toBe(0);
  compute(12);
  await turns.next();
  expect(others).toBe(1);
});
