import { setTimeout as wait } from 'node:timers/promises';

/**
 * Settles after this many ms, whatever `work` finds and however long it takes, so that the response time reveals neither,
 * not even under load. Work that is not done by then goes on; `onLate` gets its error.
 * @throws what `work` throws in time
 */
export async function withFixedDuration(
  milliseconds: number,
  work: () => Promise<unknown>,
  onLate: (error: unknown) => void,
): Promise<void> {
  const outcome: { late: boolean; failure?: { error: unknown } } = { late: false };
  work().catch((error: unknown) => {
    if (outcome.late) onLate(error);
    else outcome.failure = { error };
  });
  await wait(milliseconds);
  outcome.late = true;
  if (outcome.failure) throw outcome.failure.error;
}
