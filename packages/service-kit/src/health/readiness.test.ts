import { expect, it, vi } from 'vitest';
import { Readiness } from './readiness.ts';

it('asks a check again that failed, and for a while not one that passed', async () => {
  const readiness = new Readiness();
  let asked = 0;
  readiness.add(
    'costly',
    async () => {
      asked += 1;
      if (asked === 1) throw new Error('not yet');
    },
    { keepFor: 60_000 },
  );
  const again = async (): Promise<number> => {
    // Callers within a moment share one run.
    await vi.advanceTimersByTimeAsync(250);
    return (await readiness.failures()).length;
  };
  vi.useFakeTimers();
  try {
    expect([await again(), await again(), await again()]).toEqual([1, 0, 0]);
    expect(asked).toBe(2);
    await vi.advanceTimersByTimeAsync(60_000);
    await again();
    expect(asked).toBe(3);
  } finally {
    vi.useRealTimers();
  }
});
