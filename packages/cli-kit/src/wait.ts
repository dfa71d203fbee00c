import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  timeoutMs: number;
  everyMs: number;
  signal?: AbortSignal;
}

/** Asks again and again until there is an answer; undefined when there is none in time, or the signal says to end. */
export async function waitUntil<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  { timeoutMs, everyMs, signal }: WaitOptions,
): Promise<T | undefined> {
  const deadline = performance.now() + timeoutMs;
  while (signal?.aborted !== true) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) return undefined;
    await sleep(everyMs);
  }
  return undefined;
}
