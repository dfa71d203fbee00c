import type { BakeRecord, Stretch } from './bake.record.ts';

/** How long a set has to be synced and healthy, and how long nobody may look. */
export interface BakeRules {
  periodMs: number;
  maxGapMs: number;
}

export interface BakeVerdict {
  /** Whether the set has baked for the whole period and still does. */
  done: boolean;
  /** Since when it is synced and healthy without a break; undefined: it is not. */
  since: string | undefined;
  bakedMs: number;
  remainingMs: number;
  /** Why it does not bake now; undefined: it does. */
  wrong: string | undefined;
  /** What broke earlier stretches of this set, the newest first. */
  breaks: readonly string[];
}

/**
 * How far a release set is. Only time that was looked at counts.
 * @param commit that of which the set is asked
 * @param setOf the set of a commit; commits that change nothing of it bake together
 */
export function judgeBake(
  { seen, wrong, stretches }: BakeRecord,
  commit: string,
  setOf: (revision: string) => string | undefined,
  now: Date,
  { periodMs, maxGapMs }: BakeRules,
): BakeVerdict {
  const set = setOf(commit);
  const breaks = stretches
    .filter(({ revision, broken }) => broken !== undefined && setOf(revision) === set)
    .map(({ broken = '' }) => broken)
    .toReversed();
  const none = (why: string): BakeVerdict => ({
    done: false,
    since: undefined,
    bakedMs: 0,
    remainingMs: periodMs,
    wrong: why,
    breaks,
  });
  const last = stretches.at(-1);
  if (seen === undefined || last === undefined) return none('nobody has looked yet');
  if (now.getTime() - Date.parse(seen) > maxGapMs) return none(`nobody has looked since ${seen}`);
  if (wrong !== undefined) return none(wrong);
  if (last.broken !== undefined) return none(last.broken);
  if (set === undefined) return none(`this clone does not have ${commit}`);
  if (setOf(last.revision) !== set) return none('another set runs there');
  const since = firstOf(stretches, set, setOf)?.from ?? last.from;
  const bakedMs = Math.max(0, Date.parse(seen) - Date.parse(since));
  const remainingMs = Math.max(0, periodMs - bakedMs);
  return { done: remainingMs === 0, since, bakedMs, remainingMs, wrong: undefined, breaks };
}

/** The first of the stretches that lead to the last one without a break and without another set. */
function firstOf(
  stretches: readonly Stretch[],
  set: string,
  setOf: (revision: string) => string | undefined,
): Stretch | undefined {
  const end = stretches.findLastIndex(
    ({ revision, broken }) => setOf(revision) !== set || broken !== undefined,
  );
  return stretches[end + 1];
}
