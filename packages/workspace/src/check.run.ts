import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Kind, kindNames, kindOf, kinds, parseKinds } from './check.kinds.ts';
import { type Summary, summarise } from './check.summary.ts';
import type { Workspace } from './nx.command.ts';
import { runTargets, type TaskResult } from './nx.run.ts';
import { readTestReport, reportFile } from './test.report.ts';
import { findProjects } from './workspace.projects.ts';

export interface CheckOptions {
  /** Comma-separated kinds of check; all when left out. */
  only?: string | undefined;
  /** Where Nx's own words go. */
  stream: 'stdout' | 'stderr';
}

/** Runs the checks of every project and adds up what became of them. @throws UsageError for an unknown kind */
export async function runChecks(
  workspace: Workspace,
  { only, stream }: CheckOptions,
): Promise<Summary> {
  const wanted = only === undefined ? kindNames : parseKinds(only);
  const { root } = workspace;
  rmSync(join(root, '.gl/tests'), { recursive: true, force: true });
  const tasks: TaskResult[] = [];
  let code = 0;
  // The whole system comes last and alone: its browsers want the machine.
  for (const group of [
    wanted.filter((kind) => kind !== 'e2e'),
    wanted.filter((kind) => kind === 'e2e'),
  ]) {
    if (group.length === 0) continue;
    const targets = group.map((kind) => kinds[kind]);
    const run = await runTargets(workspace, targets, stream);
    tasks.push(...run.tasks);
    code ||= run.code;
  }
  const projects = findProjects(root);
  const summary = summarise(tasks, ({ project, target }) => {
    const kind = kindOf(target) as Kind;
    return readTestReport(reportFile(root, projects.get(project) ?? '', kind), root);
  });
  return { ...summary, ok: summary.ok && code === 0 && tasks.length > 0 };
}
