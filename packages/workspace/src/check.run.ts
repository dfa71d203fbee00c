import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '@gospelib/cli-kit';
import {
  type Kind,
  kindNames,
  kindOf,
  kinds,
  namedKinds,
  parseKinds,
  wholeKinds,
} from './check.kinds.ts';
import { type Summary, summarise } from './check.summary.ts';
import { undeclaredInputs } from './input.check.ts';
import type { Workspace } from './nx.command.ts';
import { runTargets, type TaskResult } from './nx.run.ts';
import { readTestReport, reportFile } from './test.report.ts';
import { openTestRun } from './test.run.ts';
import { runWholeSystem } from './whole.run.ts';
import { findProjects } from './workspace.projects.ts';

export interface CheckOptions {
  /** Comma-separated kinds of check; all but those that must be named when left out. */
  only?: string | undefined;
  /** One of so many parts of the whole-system tests: `1/3`. All when left out. */
  part?: string | undefined;
  /** Where Nx's own words go. */
  stream: 'stdout' | 'stderr';
}

/** One more than two cores could do: much of a task is waiting. With four, stores did not get to answer in time. */
const TASKS_AT_ONCE = 3;
const NOTHING = { code: 0, tasks: [] };

/**
 * Runs the checks of every project and adds up what became of them. Ctrl-C and SIGTERM end the checks; what they left is
 * looked for all the same.
 * @throws UsageError for an unknown kind, or a part of what has none
 */
export async function runChecks(
  workspace: Workspace,
  { only, part, stream }: CheckOptions,
): Promise<Summary> {
  const notRun = only === undefined ? namedKinds : [];
  const wanted =
    only === undefined ? kindNames.filter((kind) => !notRun.includes(kind)) : parseKinds(only);
  if (part !== undefined && wanted.some((kind) => kind !== 'build' && kind !== 'e2e')) {
    throw new UsageError(
      'There are parts of the whole-system tests alone: --only e2e, or build,e2e.',
    );
  }
  const { root } = workspace;
  rmSync(join(root, '.gl/tests'), { recursive: true, force: true });
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const run = await openTestRun();
  const env = { ...workspace.env, ...run.env };
  const running = runKinds({ ...workspace, env }, wanted, { part, stream }, interruption.signal);
  await Promise.allSettled([running]);
  const { faults, notLooked } = await run.close();
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);

  const { ok, tasks } = await running;
  const projects = findProjects(root);
  const summary = summarise(
    tasks,
    ({ project, target }) => {
      const kind = kindOf(target) as Kind;
      return readTestReport(reportFile(root, projects.get(project) ?? '', kind), root);
    },
    {
      failures: [
        ...(interruption.signal.aborted ? ['interrupted before the end'] : []),
        ...faults,
        ...(await undeclaredInputs(workspace, tasks)),
      ],
      skips: notLooked === undefined ? [] : [notLooked],
      notRun,
    },
  );
  return { ...summary, ok: summary.ok && ok && tasks.length > 0 };
}

/** The whole system is built first. Then its long target runs beside all others. */
async function runKinds(
  workspace: Workspace,
  wanted: readonly Kind[],
  { part, stream }: Pick<CheckOptions, 'part' | 'stream'>,
  signal: AbortSignal,
): Promise<{ ok: boolean; tasks: readonly TaskResult[] }> {
  const whole = wanted.filter((kind) => wholeKinds.includes(kind));
  const others = wanted.filter((kind) => !whole.includes(kind) && kind !== 'build');
  const runNx = (some: readonly Kind[]): Promise<{ code: number; tasks: TaskResult[] }> => {
    const targets = some.map((kind) => kinds[kind]);
    return runTargets(workspace, targets, TASKS_AT_ONCE - whole.length, stream, signal);
  };
  const isBuilding = whole.length > 0 || wanted.includes('build');
  const built = isBuilding ? await runNx(['build']) : NOTHING;
  const [rest, ...results] = await Promise.all([
    others.length > 0 ? runNx(others) : NOTHING,
    ...(built.code === 0 ? whole : []).map((kind) =>
      runWholeSystem(workspace, kinds[kind], { part, stream }, signal),
    ),
  ]);
  const ok = built.code === 0 && rest.code === 0 && !signal.aborted;
  return { ok, tasks: [...built.tasks, ...rest.tasks, ...results] };
}
