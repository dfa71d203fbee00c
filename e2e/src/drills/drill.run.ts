import { setTimeout as sleep } from 'node:timers/promises';
import type { GlResult } from '@gospelib/processes';
import type { Incident } from '@gospelib/recovery';
import { notesLyingThere } from './damage/database.damage.ts';
import type { Drill, DrillResult } from './drill.ts';
import type { Account } from './load/account.ts';
import { type BadRead, type Readers, type RightAnswers, startReaders } from './load/readers.ts';
import { startWriter, type Writer } from './load/writers.ts';
import { awaitScheduledCheck } from './stack/scheduled.check.ts';
import type { Stack } from './stack/stack.ts';

/** Readers and writers go on that long before the damage and after the mending. */
const SETTLE_MS = 1_000;
/** A person who has looked on calls `recover` that long after the damage where no check is waited for. */
const UNSEEN_MS = 300;
/** Each reader and the writer rest that long. Beside other tests they leave the processor to the recovery. */
const PAUSE_MS = { timed: { read: 40, write: 25 }, untimed: { read: 120, write: 75 } };

export interface DrillOptions {
  /**
   * Whether it fails, too, when it takes longer than promised. Where it does not, a read that is told to come again,
   * or that is not answered in time, is no fault either: a busy machine needs its time to verify what is served instead.
   * Any other failure is one, and so is a wrong answer.
   */
  timed: boolean;
}

export interface Load {
  right: RightAnswers;
  account: Account;
}

/** Breaks a stack under readers and a writer, lets `recover` find and mend it, and judges what came of it. */
export async function runDrill(
  drill: Drill,
  stack: Stack,
  load: Load,
  options: DrillOptions,
): Promise<DrillResult> {
  await drill.prepare?.(stack);
  const pause = PAUSE_MS[options.timed ? 'timed' : 'untimed'];
  const readers = startReaders(stack.origin, load.right, pause.read);
  const writer = startWriter(load.account, pause.write);
  try {
    await sleep(SETTLE_MS);
    const before = [...readers.bad];
    await drill.break(stack);
    const broken = performance.now();
    const lying = await notesLyingThere(stack);
    const noticed = drill.scheduled
      ? await awaitScheduledCheck(stack)
      : await sleep(UNSEEN_MS, undefined);
    const called = performance.now();
    const flags = ['recover', '--execute', '--json', ...(drill.flags ?? [])];
    const gl = drill.byDataAlone ? stack.glByData : stack.gl;
    const outcome = readOutcome(await gl(flags), called);
    await drill.relieve?.(stack);
    await sleep(SETTLE_MS);
    await Promise.all([readers.stop(), writer.stop()]);
    const course = { before, broken, lying, noticed, called, outcome, readers, writer };
    return await judge(drill, stack, course, options);
  } finally {
    await Promise.all([readers.stop(), writer.stop()]);
  }
}

interface Outcome {
  incident: Incident | undefined;
  seconds: number;
  /** When it knew, as `performance.now()`. */
  knownAt: number;
  error: string;
  /** What it said on the way. */
  said: string;
}

/** The process starts, looks, and then knows; what it took before and after its own clock is the start and the end. */
function readOutcome({ stdout, stderr, code, seconds }: GlResult, called: number): Outcome {
  let incident: Incident | undefined;
  try {
    incident = JSON.parse(stdout) as Incident;
  } catch {
    // told by its absence
  }
  const start = seconds - (incident?.seconds ?? 0);
  const told = incident?.rounds[0]?.steps[0];
  // Once the services were told; before that only `recover` knew.
  const telling = told?.says.startsWith('Tell the services') ? told.seconds : 0;
  const known = start + (incident?.rounds[0]?.lookSeconds ?? seconds) + telling;
  const error = incident === undefined ? `recover ended with ${code}: ${stderr.slice(-1000)}` : '';
  return { incident, seconds, knownAt: called + known * 1000, error, said: stderr };
}

interface Course {
  /** What went wrong with reads while nothing was broken yet. */
  before: BadRead[];
  broken: number;
  /** Ids of the notes whose rows the damage left in their table. */
  lying: ReadonlySet<string>;
  noticed: number | undefined;
  called: number;
  outcome: Outcome;
  readers: Readers;
  writer: Writer;
}

async function judge(
  drill: Drill,
  stack: Stack,
  course: Course,
  { timed }: DrillOptions,
): Promise<DrillResult> {
  const { before, broken, lying, noticed, called, outcome, readers, writer } = course;
  const { incident, seconds, knownAt, error } = outcome;
  const known = Math.min(noticed ?? Number.POSITIVE_INFINITY, knownAt);
  const counts = ({ isLate }: BadRead) => timed || !isLate;
  const afterKnown = readers.bad.filter(({ askedAt }) => askedAt > known);
  const lost = await writer.lost();
  const mayLoseSince = (await drill.losesWritesSince?.(stack))?.getTime() ?? Number.MAX_VALUE;
  const lostTooMuch = lost.filter(({ at }) => at < mayLoseSince);
  const lostFromTable = lost.filter(({ id }) => lying.has(id));
  const mended = mendedAfter(incident, knownAt - called, seconds);
  const end = await stack.gl(['recover', '--json']);
  const faults = [
    ...before.filter(counts).map(({ path, what }) => `Before the damage ${path}: ${what}`),
    ...(error === '' ? [] : [error]),
    ...judgeIncident(drill, incident, outcome.said),
    ...(await drill.faults(stack)),
    ...(drill.outcome === 'recovered' && end.code !== 0
      ? [`Afterwards recover still finds something: ${end.stdout.slice(0, 1500)}`]
      : []),
    ...(drill.readersKeepReading ? afterKnown.filter(counts).slice(0, 3).map(describeBad) : []),
    ...(lostTooMuch.length > 0 ? [`${lostTooMuch.length} acknowledged writes are lost.`] : []),
    ...(lostFromTable.length > 0
      ? [`${lostFromTable.length} of them are lost although their rows still lay in the table.`]
      : []),
    ...(timed && mended > drill.targetSeconds
      ? [`It took ${mended.toFixed(1)} s; ${drill.targetSeconds} s were promised.`]
      : []),
  ];
  const count = (kind: BadRead['kind'], list: readonly BadRead[]) =>
    list.filter((bad) => bad.kind === kind).length;
  return {
    at: new Date().toISOString(),
    name: drill.name,
    breaks: drill.breaks,
    page: drill.page,
    targetSeconds: drill.targetSeconds,
    faults,
    scheduledSeconds: noticed === undefined ? undefined : (noticed - broken) / 1000,
    detectSeconds: (knownAt - called) / 1000,
    servedSeconds: servedAfter(readers, known),
    mendedSeconds: mended,
    recoverSeconds: seconds,
    steps: (incident?.rounds ?? []).flatMap(({ plans, steps }) => [
      ...plans.map(({ rule }) => `rule ${rule}`),
      ...steps.map(({ ok, result, seconds: took }) => {
        // What is recorded is read elsewhere: a path of this machine means nothing there.
        const told = result.replaceAll(stack.config.root, 'the working copy');
        return `${ok ? '' : 'failed: '}${told} (${took.toFixed(1)} s)`;
      }),
    ]),
    reads: {
      all: readers.good.length + readers.bad.length,
      failed: count('failed', readers.bad),
      wrong: count('wrong', readers.bad),
      failedOnceKnown: count('failed', afterKnown),
      wrongOnceKnown: count('wrong', afterKnown),
    },
    writes: {
      acknowledged: writer.acknowledged.size,
      refused: writer.refusals.length,
      lost: lost.length,
    },
  };
}

function judgeIncident(
  { expects, outcome, says }: Drill,
  incident: Incident | undefined,
  said: string,
): string[] {
  if (incident === undefined) return [];
  const found = incident.rounds.flatMap(({ findings }) => findings.map(({ kind }) => kind));
  const faults: string[] = [];
  if (expects.length > 0 && !found.some((kind) => expects.includes(kind))) {
    const instead = [...new Set(found)].join(', ') || 'nothing';
    faults.push(`recover did not find ${expects.join(' or ')}, but: ${instead}.`);
  }
  if (incident.outcome !== outcome) {
    faults.push(`recover ended as ${incident.outcome}, not ${outcome}.`);
  }
  if (says !== undefined && !says.test(`${said}${JSON.stringify(incident)}`)) {
    faults.push(`recover nowhere says ${says}.`);
  }
  return faults;
}

/** Until the last step that was not the renewing of a backup. */
function mendedAfter(incident: Incident | undefined, knownMs: number, whole: number): number {
  const steps = incident?.rounds.flatMap((round) => round.steps) ?? [];
  const mending = steps.filter(({ rule }) => !rule.startsWith('backup-'));
  const last = mending.at(-1);
  const looked = incident?.rounds[0];
  if (last === undefined || looked === undefined) return whole;
  const end = Date.parse(last.at) / 1000 + last.seconds;
  return knownMs / 1000 + end - (Date.parse(looked.at) / 1000 + looked.lookSeconds);
}

function servedAfter({ good }: Readers, known: number): number | undefined {
  const arrivals = good.filter(({ askedAt }) => askedAt >= known).map(({ at }) => at);
  return arrivals.length === 0 ? undefined : (Math.min(...arrivals) - known) / 1000;
}

function describeBad({ path, kind, what }: BadRead): string {
  return `Once it was known, ${path} ${kind === 'failed' ? 'failed' : 'was wrong'}: ${what}`;
}
