import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats work until the signal; at least a tenth of the interval lies between two runs. */
export async function repeat(
  intervalMs: () => number,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    const start = performance.now();
    await work();
    const interval = intervalMs();
    const rest = Math.max(interval - (performance.now() - start), interval / 10);
    await sleep(rest, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
