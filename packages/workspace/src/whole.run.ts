import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { spawnChild } from '@gospelib/processes';
import type { Workspace } from './nx.command.ts';
import { GRACE_MS, type TaskResult } from './nx.run.ts';

const PROJECT = { name: '@gospelib/e2e', folder: 'e2e' };

/**
 * Runs a target of the whole system on what was built. Not through Nx, which begins with what others depend on, and would
 * leave the longest targets for the end, alone on the machine; it could not keep their results anyway. Their words are
 * shown when they fail.
 */
export async function runWholeSystem(
  { root, env }: Workspace,
  target: string,
  { part, stream }: { part: string | undefined; stream: 'stdout' | 'stderr' },
  signal: AbortSignal,
): Promise<TaskResult> {
  const cwd = join(root, PROJECT.folder);
  const { scripts } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
  const script = (scripts as Record<string, string>)[target];
  if (script === undefined) throw new Error(`${PROJECT.folder} has no script ${target}`);
  const lines: string[] = [];
  const start = performance.now();
  const child = await spawnChild({
    command: 'sh',
    args: ['-c', `exec ${script}${part === undefined ? '' : ` --shard=${part}`}`],
    cwd,
    env,
    graceMs: GRACE_MS,
    log: (line) => lines.push(line),
  });
  const stop = () => void child.stop();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const ok = (await child.exited).code === 0;
  signal.removeEventListener('abort', stop);
  const task = `${PROJECT.name}:${target}`;
  const said = ok ? [`✔  ${task}`] : [`✖  ${task}`, ...lines];
  writeSync(stream === 'stdout' ? 1 : 2, `${said.join('\n')}\n`);
  const seconds = (performance.now() - start) / 1000;
  return { project: PROJECT.name, target, ok, cached: false, seconds };
}
