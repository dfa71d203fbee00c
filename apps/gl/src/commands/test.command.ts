import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Kind, kindNames, kindOf, kinds, parseKinds } from '../checks/kinds.ts';
import { runTargets, type TaskResult } from '../checks/nx.run.ts';
import { findProjects } from '../checks/projects.ts';
import { renderSummary, summarise } from '../checks/summary.ts';
import { readTestReport, reportFile } from '../checks/test.report.ts';
import type { Config } from '../config.ts';

export interface TestOptions {
  only?: string;
  json?: boolean;
}

/** Runs the checks and tells what became of them. Exit code 1 when anything failed or nothing ran. */
export async function test(config: Config, options: TestOptions): Promise<number> {
  const wanted = options.only === undefined ? kindNames : parseKinds(options.only);
  const stream = options.json === true ? 'stderr' : 'stdout';
  rmSync(join(config.root, '.gl/tests'), { recursive: true, force: true });
  const tasks: TaskResult[] = [];
  let code = 0;
  // The whole system comes last and alone: it measures time.
  for (const group of [
    wanted.filter((kind) => kind !== 'e2e'),
    wanted.filter((kind) => kind === 'e2e'),
  ]) {
    if (group.length === 0) continue;
    const run = await runTargets(
      config,
      group.map((kind) => kinds[kind]),
      stream,
    );
    tasks.push(...run.tasks);
    code ||= run.code;
  }
  const projects = findProjects(config.root);
  const summary = summarise(tasks, ({ project, target }) => {
    const kind = kindOf(target) as Kind;
    return readTestReport(reportFile(config.root, projects.get(project) ?? '', kind), config.root);
  });
  const good = summary.ok && code === 0 && tasks.length > 0;
  console.log(
    options.json === true
      ? JSON.stringify({ ...summary, ok: good }, null, 2)
      : renderSummary(summary),
  );
  return good ? 0 : 1;
}
