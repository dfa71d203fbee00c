import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LateRefusals } from './late.refusals.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0, toFake: ['setTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

it('keeps whoever goes on asking waiting, within bounds, and nobody else', () => {
  const refusals = new LateRefusals();
  const answered = { a: 0, b: 0 };
  const refuse = (key: keyof typeof answered) =>
    refusals.refuse(key, () => {
      answered[key] += 1;
    });
  for (let i = 0; i < 700; i += 1) refuse('a');
  refuse('b');
  // Ten at once, 640 later, and at once again what is beyond.
  expect(answered).toEqual({ a: 60, b: 1 });
  vi.advanceTimersByTime(1000);
  expect(answered.a).toBe(700);
  vi.setSystemTime(10_000);
  refuse('a');
  expect(answered.a).toBe(701);
});
