import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Turns } from './turns.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

it('lets others in between after much computing, and not before', async () => {
  let others = 0;
  const turns = new Turns();
  setImmediate(() => others++);
  await turns.next();
  expect(others).toBe(0);
  vi.advanceTimersByTime(12);
  await turns.next();
  expect(others).toBe(1);
});
