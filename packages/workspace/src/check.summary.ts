import { renderTable } from '@gospelib/cli-kit';
import colors from 'picocolors';
import { type Kind, kindNames, kindOf, testKinds } from './check.kinds.ts';
import type { TaskResult } from './nx.run.ts';
import type { TestCount, TestDuration } from './test.report.ts';

export interface KindSummary {
  kind: Kind;
  projects: number;
  /** Of them served from Nx's cache: the same inputs passed before. */
  cached: number;
  failedProjects: string[];
  seconds: number;
  tests?: { passed: number; failed: number; skipped: number };
}

export interface Summary {
  ok: boolean;
  passed: number;
  /** Tests that failed, and checks without tests (lint, types, build…) that did. */
  failed: number;
  skipped: number;
  kinds: KindSummary[];
  failures: string[];
  skips: string[];
  /** Kinds that run only when they are named, and were not. */
  notRun: readonly Kind[];
  /** The slowest first; those from the cache took their time in an earlier run. */
  slowest: SlowTest[];
}

export interface SlowTest extends TestDuration {
  cached: boolean;
}

const SLOWEST = 10;

/**
 * Adds up tasks and their tests. `countOf` gives the tests of a task, undefined when no report is there; `more` is what
 * the run as a whole failed at or could not do.
 */
export function summarise(
  tasks: readonly TaskResult[],
  countOf: (task: TaskResult) => TestCount | undefined,
  more: Pick<Summary, 'failures' | 'skips' | 'notRun'> = { failures: [], skips: [], notRun: [] },
): Summary {
  const failures: string[] = [];
  const skips: string[] = [];
  const durations: SlowTest[] = [];
  const summaries = kindNames.flatMap((kind): KindSummary[] => {
    const own = tasks.filter(({ target }) => kindOf(target) === kind);
    if (own.length === 0) return [];
    const tests = { passed: 0, failed: 0, skipped: 0 };
    for (const task of own) {
      const count = testKinds.includes(kind) ? countOf(task) : NOTHING;
      const fallen = count?.failures ?? [];
      failures.push(...fallen);
      skips.push(...(count?.skips ?? []));
      for (const test of count?.durations ?? []) durations.push({ ...test, cached: task.cached });
      tests.passed += count?.passed ?? 0;
      tests.failed += fallen.length;
      tests.skipped += count?.skipped ?? 0;
      if (count === undefined) failures.push(`${kind} of ${task.project}: left no report`);
      else if (!task.ok && fallen.length === 0) failures.push(`${kind} of ${task.project}`);
    }
    return [
      {
        kind,
        projects: own.length,
        cached: own.filter(({ cached }) => cached).length,
        failedProjects: own.filter(({ ok }) => !ok).map(({ project }) => project),
        seconds: own.reduce((sum, { seconds }) => sum + seconds, 0),
        ...(testKinds.includes(kind) ? { tests } : {}),
      },
    ];
  });
  failures.push(...more.failures);
  skips.push(...more.skips);
  const sum = (field: 'passed' | 'skipped') =>
    summaries.reduce((total, { tests }) => total + (tests?.[field] ?? 0), 0);
  return {
    ok: failures.length === 0,
    passed: sum('passed'),
    failed: failures.length,
    skipped: sum('skipped'),
    kinds: summaries,
    failures,
    skips,
    notRun: more.notRun,
    slowest: durations.sort((one, other) => other.seconds - one.seconds).slice(0, SLOWEST),
  };
}

const NOTHING: TestCount = {
  passed: 0,
  failed: 0,
  skipped: 0,
  failures: [],
  skips: [],
  durations: [],
};

/** The summary for people; its last line is `N passed, N failed, N skipped`. */
export function renderSummary(summary: Summary): string {
  const { kinds, failures, skips, notRun, slowest, ...sum } = summary;
  const right = ['projects', 'from cache', 'seconds', 'passed', 'failed', 'skipped'];
  const table = renderTable(
    [{ head: 'check' }, ...right.map((head) => ({ head, align: 'right' as const }))],
    kinds.map(({ kind, projects, cached, failedProjects, seconds, tests }) => {
      const name = failedProjects.length === 0 ? kind : colors.red(`${kind} ✗`);
      const numbers =
        tests === undefined ? ['', '', ''] : [tests.passed, tests.failed, tests.skipped];
      return [name, projects, cached, seconds.toFixed(1), ...numbers];
    }),
  );
  return [
    table,
    ...(slowest.length > 0 ? [`the ${slowest.length} slowest tests:`] : []),
    ...slowest.map(renderSlow),
    ...failures.map((failure) => colors.red(`failed: ${failure}`)),
    ...skips.map((skip) => colors.yellow(`skipped: ${skip}`)),
    ...notRun.map((kind) => colors.yellow(`not run: ${kind} (./gl test --only ${kind})`)),
    `${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`,
  ].join('\n');
}

function renderSlow({ seconds, file, name, cached }: SlowTest): string {
  return `${seconds.toFixed(1).padStart(7)} s  ${file}: ${name}${cached ? ' (from cache)' : ''}`;
}
