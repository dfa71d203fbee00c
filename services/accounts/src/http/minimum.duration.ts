import { setTimeout as wait } from 'node:timers/promises';

/** Settles no sooner than after this many ms, so that the response time does not reveal what was found. */
export async function withMinimumDuration<T>(
  milliseconds: number,
  work: () => Promise<T>,
): Promise<T> {
  const [outcome] = await Promise.allSettled([work(), wait(milliseconds)]);
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}
