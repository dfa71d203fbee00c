import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EventLoopYield } from './event-loop.yield.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

it('lets others in between after much computing, and not before', async () => {
  let others = 0;
  const eventLoop = new EventLoopYield();
  setImmediate(() => others++);
  await eventLoop.ifDue();
  expect(others).toBe(0);
  vi.advanceTimersByTime(12);
  await eventLoop.ifDue();
  expect(others).toBe(1);
});
