import { setTimeout as sleep } from 'node:timers/promises';

export interface WatchOptions {
  periodMs: number;
  everyMs: number;
  /** So many complaints in a row are a failure: one may be the reader’s own network. */
  tolerated: number;
}

/**
 * Reads as readers do for a while after a release.
 * @param look what does not work; undefined: all does
 * @returns why the release has to go; undefined: it stays
 */
export async function watchRelease(
  look: () => Promise<string | undefined>,
  { periodMs, everyMs, tolerated }: WatchOptions,
): Promise<string | undefined> {
  const deadline = performance.now() + periodMs;
  let inRow = 0;
  while (performance.now() < deadline) {
    const complaint = await look();
    inRow = complaint === undefined ? 0 : inRow + 1;
    if (complaint !== undefined && inRow > tolerated) return complaint;
    await sleep(everyMs);
  }
  return undefined;
}
