import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withFixedDuration } from './fixed.duration.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const late: unknown[] = [];
const onLate = (error: unknown) => void late.push(error);
const after = (ms: number, error?: Error) =>
  new Promise<void>((resolve, reject) => {
    setTimeout(() => (error ? reject(error) : resolve()), ms);
  });

it.each([
  ['quick', 1, undefined, 'done'],
  ['slow', 5000, undefined, 'done'],
  ['quick and fails', 1, new Error('away'), 'failed'],
  ['slow and fails', 5000, new Error('away'), 'done'],
])('takes the same time when the work is %s', async (_what, ms, error, outcome) => {
  late.length = 0;
  let settled = '';
  const answer = withFixedDuration(400, () => after(ms, error), onLate).then(
    () => {
      settled = 'done';
    },
    () => {
      settled = 'failed';
    },
  );
  await vi.advanceTimersByTimeAsync(399);
  expect(settled).toBe('');
  await vi.advanceTimersByTimeAsync(1);
  await answer;
  expect(settled).toBe(outcome);
  await vi.advanceTimersByTimeAsync(5000);
  expect(late).toEqual(error && ms > 400 ? [error] : []);
});
