import { z } from 'zod';

const time = z.iso.datetime();

/** What was seen of an environment at one moment, in Argo CD's words. */
export interface Observation {
  /** When it was looked at, as all times ISO 8601. */
  at: string;
  /** The commit that the cluster was compared with. */
  revision: string;
  sync: string;
  /** When the last sync ended; undefined: none is known. */
  syncedAt: string | undefined;
  health: string;
  /** When health became what it is; undefined: Argo CD does not say. */
  healthSince: string | undefined;
  /** What readers could not do, or which error budget is burnt; undefined: somebody read, and all was well. */
  complaint: string | undefined;
}

const stretch = z.object({
  revision: z.string(),
  /** Synced and healthy without a break from here … */
  from: time,
  /** … to here, the last time that somebody looked. */
  to: time,
  /** What broke it; absent: nothing, and the next one follows it without a gap. */
  broken: z.string().optional(),
});
export type Stretch = z.output<typeof stretch>;

/** What is remembered of an environment: stretches without a break, the oldest first. */
export const bakeRecord = z.object({
  /** The last time that somebody looked, whatever was seen. */
  seen: time.optional(),
  /** What was wrong then; absent: nothing. */
  wrong: z.string().optional(),
  /** Argo CD’s times then; others tell that something happened between two looks. */
  mark: z.string().optional(),
  stretches: z.array(stretch),
});
export type BakeRecord = z.output<typeof bakeRecord>;

export const emptyRecord: BakeRecord = { stretches: [] };

/** Further back nobody asks. */
const KEPT = 200;

/**
 * Adds what was seen. A time in which nobody looked longer than `maxGapMs` breaks a stretch, since nothing is known of it.
 * What comes late makes no stretch longer.
 */
export function recordObservation(
  before: BakeRecord,
  seen: Observation,
  maxGapMs: number,
): BakeRecord {
  const wrong = faultOf(seen);
  if (before.seen !== undefined && !isLater(seen.at, before.seen)) {
    return wrong === undefined ? before : breakLate(before, before.seen, seen.at, wrong);
  }
  const mark = `${seen.syncedAt} ${seen.healthSince}`;
  if (wrong !== undefined) {
    const stretches = breakLast(before.stretches, `${wrong} at ${seen.at}`);
    return { seen: seen.at, wrong, mark, stretches };
  }
  const add = (stretches: readonly Stretch[], from: string): BakeRecord => {
    const next: Stretch = { revision: seen.revision, from, to: seen.at };
    return { seen: seen.at, mark, stretches: [...stretches, next].slice(-KEPT) };
  };
  const isGap =
    before.seen === undefined || Date.parse(seen.at) - Date.parse(before.seen) > maxGapMs;
  if (isGap) {
    return add(breakLast(before.stretches, `nobody looked before ${seen.at}`), seen.at);
  }
  const last = before.stretches.at(-1);
  const isWhole = before.wrong === undefined && last !== undefined && last.broken === undefined;
  const isNew = last?.revision !== seen.revision;
  if (isWhole && before.mark === mark) {
    if (isNew) return add(before.stretches, last.to);
    const stretches = [...before.stretches.slice(0, -1), { ...last, to: seen.at }];
    return { seen: seen.at, mark, stretches };
  }
  // Something began between the two looks: when, Argo CD tells, or nobody does.
  const start = startOf(seen);
  const from = start !== undefined && isLater(start, before.seen ?? '') ? start : seen.at;
  // Of another commit its roll-out did: whether it breaks anything, its set tells.
  if (isWhole && isNew) return add(before.stretches, from);
  return add(breakLast(before.stretches, `synced or healthy anew at ${from}`), from);
}

/** What is wrong with what was seen; undefined: it counts for a bake. */
function faultOf({ sync, health, complaint }: Observation): string | undefined {
  if (sync !== 'Synced') return `not as git has it (${sync})`;
  if (health !== 'Healthy') return `not healthy (${health})`;
  return complaint;
}

/** Since when it is synced and healthy, by Argo CD’s times; undefined where they say nothing, or the future. */
function startOf({ at, syncedAt, healthSince }: Observation): string | undefined {
  if (syncedAt === undefined || healthSince === undefined) return undefined;
  const start = isLater(syncedAt, healthSince) ? syncedAt : healthSince;
  return isLater(start, at) ? undefined : start;
}

/** Somebody else saw a fault before the last look: what was counted since is not trusted. */
function breakLate(before: BakeRecord, seen: string, at: string, wrong: string): BakeRecord {
  const last = before.stretches.at(-1);
  const first = before.stretches[0];
  if (last === undefined || first === undefined || isLater(first.from, at)) return before;
  const stretches = breakLast(before.stretches, `${wrong} at ${at}`);
  if (before.wrong !== undefined) return { ...before, stretches };
  const again: Stretch = { revision: last.revision, from: seen, to: seen };
  return { ...before, stretches: [...stretches, again].slice(-KEPT) };
}

function breakLast(stretches: readonly Stretch[], broken: string): Stretch[] {
  const last = stretches.at(-1);
  if (last === undefined || last.broken !== undefined) return [...stretches];
  return [...stretches.slice(0, -1), { ...last, broken }];
}

function isLater(a: string, b: string): boolean {
  return Date.parse(a) > Date.parse(b);
}
