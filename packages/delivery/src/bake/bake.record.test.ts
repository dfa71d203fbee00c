import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type BakeRecord,
  emptyRecord,
  type Observation,
  recordObservation,
} from './bake.record.ts';
import { judgeBake } from './bake.verdict.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-01-01T00:00:00Z');
const rules = { periodMs: 60 * MINUTE, maxGapMs: 10 * MINUTE };
const iso = (minute: number) => new Date(START + minute * MINUTE).toISOString();
const self = (revision: string) => revision;

const good = (minute: number, since = 0, revision = 'a'): Observation => ({
  at: iso(minute),
  revision,
  sync: 'Synced',
  syncedAt: iso(since),
  health: 'Healthy',
  healthSince: iso(since),
  complaint: undefined,
});
const look = (...all: readonly Observation[]): BakeRecord =>
  all.reduce((kept, one) => recordObservation(kept, one, rules.maxGapMs), emptyRecord);
const every5 = (from: number, to: number, since = 0, revision = 'a'): Observation[] =>
  Array.from({ length: (to - from) / 5 + 1 }, (_, i) => good(from + i * 5, since, revision));
const judge = (kept: BakeRecord, minute: number, set = 'a', setOf = self) =>
  judgeBake(kept, set, setOf, new Date(START + minute * MINUTE), rules);

test('a set that was looked at for the whole period has baked', () => {
  expect(judge(look(...every5(0, 55)), 55)).toMatchObject({
    done: false,
    since: iso(0),
    remainingMs: 5 * MINUTE,
  });
  expect(judge(look(...every5(0, 60)), 62)).toMatchObject({ done: true, breaks: [] });
});

test.each<[string, Partial<Observation>]>([
  ['health is lost', { health: 'Degraded' }],
  ['the cluster is not as git has it', { sync: 'OutOfSync' }],
  ['readers are not served', { complaint: 'no chapter could be read' }],
])('%s: it starts again', (_, fault) => {
  const kept = look(...every5(0, 30), { ...good(35), ...fault }, ...every5(40, 95, 37));
  expect(judge(look(...every5(0, 60), { ...good(65), ...fault }), 66)).toMatchObject({
    done: false,
    since: undefined,
  });
  const verdict = judge(kept, 95);
  expect(verdict).toMatchObject({ done: false, since: iso(37), bakedMs: 58 * MINUTE });
  expect(verdict.breaks).toHaveLength(1);
});

test('health that was lost and came back between two looks is told by Argo CD’s times', () => {
  const kept = look(...every5(0, 30), ...every5(35, 90, 33));
  expect(judge(kept, 90)).toMatchObject({ done: false, since: iso(33) });
});

test('a time in which nobody looked breaks it, and so does one before now', () => {
  expect(judge(look(...every5(0, 30), ...every5(45, 95)), 95)).toMatchObject({
    done: false,
    since: iso(45),
  });
  const { wrong } = judge(look(...every5(0, 60)), 75);
  expect(wrong).toContain('nobody has looked since');
});

test('a commit that changes nothing of the set does not start it again, one that does so does', () => {
  const kept = look(...every5(0, 30), ...every5(35, 60, 0, 'b'));
  expect(judge(kept, 60, 'one', () => 'one')).toMatchObject({ done: true, since: iso(0) });
  expect(judge(kept, 60, 'b')).toMatchObject({ done: false, since: iso(30) });
  expect(judge(kept, 60, 'a').wrong).toContain('another set');
});

/** `r1+5` has the set of `r1`: what it changes may differ between environments. */
const setOfRevision = (revision: string) => revision.replace(/\+.*/, '');

test('a commit that changes only what may differ does not start it again when it is rolled out, one by hand does', () => {
  const rolledOut = look(...every5(0, 30), ...every5(35, 60, 33, 'a+33'));
  expect(judge(rolledOut, 60, 'a', setOfRevision)).toMatchObject({ done: true, since: iso(0) });
  expect(judge(rolledOut, 60, 'a+33')).toMatchObject({ done: false, since: iso(33) });
  const byHand = look(...every5(0, 30), ...every5(35, 60, 33));
  expect(judge(byHand, 60, 'a', setOfRevision)).toMatchObject({ done: false, since: iso(33) });
  const unhealthy = { ...good(35, 33, 'a+33'), health: 'Progressing' };
  const seen = look(...every5(0, 30), unhealthy, ...every5(40, 60, 33, 'a+33'));
  expect(judge(seen, 60, 'a', setOfRevision)).toMatchObject({ done: false, since: iso(40) });
});

test('without Argo CD’s times only what was looked at counts', () => {
  const blind = (minute: number) => ({
    ...good(minute),
    syncedAt: undefined,
    healthSince: undefined,
  });
  expect(judge(look(blind(0), blind(5)), 5).since).toBe(iso(0));
});

test('a fault that somebody else saw before the last look breaks it when it comes late', () => {
  const kept = look(...every5(0, 60), { ...good(58), health: 'Degraded' });
  expect(judge(kept, 60)).toMatchObject({ done: false, since: iso(60) });
});

/**
 * What happens in a minute: nothing, another set, lost health (for the minute), a change by hand that is undone, a commit
 * that changes only what may differ. What else happens between two looks with such a commit is not told from its roll-out.
 */
const event = fc.constantFrom('none', 'none', 'none', 'set', 'unhealthy', 'drift', 'allowed');

test('in any order of events and looks a claimed bake is true, and a true one that was looked at is claimed', () => {
  fc.assert(
    fc.property(
      fc.array(event, { minLength: 5, maxLength: 120 }),
      fc.array(fc.boolean(), { minLength: 120, maxLength: 120 }),
      fc.boolean(),
      (events, looks, isLate) => {
        let [revision, syncedAt, healthSince, cleanSince] = ['r0', 0, 0, 0];
        let [lookedAt, watchedSince, cleanThen, seenRevision] = [
          Number.NEGATIVE_INFINITY,
          0,
          0,
          '',
        ];
        const seen: Observation[] = [];
        let wasWell = false;
        events.forEach((what, minute) => {
          const happens = isLate && what === 'allowed' ? 'none' : what;
          if (happens === 'set') revision = `r${minute}`;
          if (happens === 'allowed') revision = `${setOfRevision(revision)}+${minute}`;
          if (['set', 'drift', 'allowed'].includes(happens)) syncedAt = minute;
          if (happens === 'allowed') healthSince = minute;
          if (happens === 'unhealthy') healthSince = minute + 0.5;
          if (happens === 'set' || happens === 'drift') cleanSince = minute;
          if (happens === 'unhealthy') cleanSince = minute + 0.5;
          if (looks[minute] !== true) return;
          const isRolledOut =
            revision !== seenRevision && setOfRevision(revision) === setOfRevision(seenRevision);
          if (isRolledOut && wasWell && happens !== 'unhealthy') cleanSince = cleanThen;
          wasWell = happens !== 'unhealthy';
          if (minute - lookedAt > 10) watchedSince = minute;
          [lookedAt, cleanThen, seenRevision] = [minute, cleanSince, revision];
          const lost = happens === 'unhealthy';
          seen.push({
            ...good(minute, 0, revision),
            syncedAt: iso(syncedAt),
            healthSince: iso(lost ? minute : healthSince),
            health: lost ? 'Degraded' : 'Healthy',
          });
        });
        const order = isLate ? seen.toSpliced(1, 0, ...seen.slice(3, 4)) : seen;
        const now = events.length - 1;
        const verdict = judge(look(...order), now, seenRevision, setOfRevision);
        if (verdict.since !== undefined) {
          expect(Date.parse(verdict.since)).toBeGreaterThanOrEqual(START + cleanThen * MINUTE);
        }
        const isWatched = now - lookedAt <= 10;
        const from = Math.max(cleanThen, watchedSince);
        if (!isLate && isWatched && lookedAt > from && lookedAt - from >= 60) {
          expect(verdict.done).toBe(true);
        }
      },
    ),
    { numRuns: 300 },
  );
});
