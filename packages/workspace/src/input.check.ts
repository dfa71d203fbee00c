import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Workspace } from './nx.command.ts';
import type { TaskResult } from './nx.run.ts';

const recorded: readonly string[] = ['test', 'test-int'];

/** What tests read though their targets do not declare it; tasks from the cache have kept their records. */
export async function undeclaredInputs(
  { root, env }: Workspace,
  tasks: readonly TaskResult[],
): Promise<readonly string[]> {
  const wanted = tasks
    .filter(({ target, ok }) => ok && recorded.includes(target))
    .map(({ project, target }) => `${project}:${target}`);
  if (wanted.length === 0) return [];
  const script = join(root, 'tools/src/reads/inputs.main.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...wanted], { cwd: root, env }, (error, _, stderr) => {
      if (error === null) return resolve([]);
      const lines = stderr.split('\n').filter((line) => line !== '');
      resolve(lines.length > 0 ? lines : [`inputs: ${error.message}`]);
    });
  });
}
