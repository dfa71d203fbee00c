const FIRST_MS = 200;
const LONGEST_MS = 15_000;
/** A process that ran this long is stable again: its next fall counts as the first. */
const STABLE_MS = 30_000;

/** How long to wait before starting again what fell `falls` times in a row (from 1), in milliseconds. */
export function backoff(falls: number): number {
  return Math.min(FIRST_MS * 2 ** (falls - 1), LONGEST_MS);
}

/** How many falls in a row this one makes. */
export function countFalls(before: number, ranMs: number): number {
  return ranMs >= STABLE_MS ? 1 : before + 1;
}
