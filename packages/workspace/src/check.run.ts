import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Kind, kindNames, kindOf, kinds, parseKinds } from './check.kinds.ts';
import { type Summary, summarise } from './check.summary.ts';
import { undeclaredInputs } from './input.check.ts';
import type { Workspace } from './nx.command.ts';
import { runTargets, type TaskResult } from './nx.run.ts';
import { readTestReport, reportFile } from './test.report.ts';
import { openTestRun } from './test.run.ts';
import { findProjects } from './workspace.projects.ts';

export interface CheckOptions {
  /** Comma-separated kinds of check; all when left out. */
  only?: string | undefined;
  /** Where Nx's own words go. */
  stream: 'stdout' | 'stderr';
}

/**
 * Runs the checks of every project and adds up what became of them. Ctrl-C and SIGTERM end the checks; what they left is
 * looked for all the same.
 * @throws UsageError for an unknown kind
 */
export async function runChecks(
  workspace: Workspace,
  { only, stream }: CheckOptions,
): Promise<Summary> {
  const wanted = only === undefined ? kindNames : parseKinds(only);
  const { root } = workspace;
  rmSync(join(root, '.gl/tests'), { recursive: true, force: true });
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const run = await openTestRun();
  const env = { ...workspace.env, ...run.env };
  const running = runKinds({ ...workspace, env }, wanted, stream, interruption.signal);
  await Promise.allSettled([running]);
  const { faults, notLooked } = await run.close();
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);

  const { code, tasks } = await running;
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
    },
  );
  return { ...summary, ok: summary.ok && code === 0 && tasks.length > 0 };
}

async function runKinds(
  workspace: Workspace,
  wanted: readonly Kind[],
  stream: CheckOptions['stream'],
  signal: AbortSignal,
): Promise<{ code: number; tasks: readonly TaskResult[] }> {
  const targets = wanted.map((kind) => kinds[kind]);
  const { code, tasks } = await runTargets(workspace, targets, stream, signal);
  return { code: signal.aborted ? 1 : code, tasks };
}
