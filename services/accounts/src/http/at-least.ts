import { setTimeout as wait } from 'node:timers/promises';

/** Answers, or fails, no sooner than after so many milliseconds, so that the time taken does not tell what was found. */
export async function atLeast<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const [outcome] = await Promise.allSettled([work(), wait(milliseconds)]);
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}
