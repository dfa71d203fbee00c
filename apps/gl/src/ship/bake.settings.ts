const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Whoever looks does so every five minutes; one look may fail. */
const MAX_GAP_MS = 12 * MINUTE_MS;

/** How long a set bakes: a day, a hotfix half an hour. No setting makes it shorter. */
export function bakeRules(isHotfix: boolean): { periodMs: number; maxGapMs: number } {
  return { periodMs: isHotfix ? 30 * MINUTE_MS : DAY_MS, maxGapMs: MAX_GAP_MS };
}
