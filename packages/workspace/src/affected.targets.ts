import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Workspace } from './nx.command.ts';

const run = promisify(execFile);

/**
 * Targets (`@gospelib/study:test`) of which an input changed since a commit.
 * @param base undefined: all of the workspace
 */
export async function affectedTargets(
  { root, env }: Pick<Workspace, 'root' | 'env'>,
  base: string | undefined,
): Promise<readonly string[]> {
  const script = join(root, 'tools/src/affected/affected.main.ts');
  const args = base === undefined ? [] : [base];
  const { stdout } = await run(process.execPath, [script, ...args], { cwd: root, env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as string[];
}
