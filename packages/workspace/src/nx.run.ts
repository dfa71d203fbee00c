import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawnChild } from '@gospelib/processes';
import { z } from 'zod';
import { nxCommand, type Workspace } from './nx.command.ts';

/** What became of one target of one project. */
export interface TaskResult {
  project: string;
  target: string;
  ok: boolean;
  cached: boolean;
  seconds: number;
}

/** The part of Nx's own record of a run that is read here. */
const runRecord = z.object({
  tasks: z.array(
    z.object({
      projectName: z.string(),
      target: z.string(),
      status: z.number(),
      cacheStatus: z.string(),
      startTime: z.string(),
      endTime: z.string(),
    }),
  ),
});

/** How long the last tests may take to stop what they started, once they are asked to end. */
export const GRACE_MS = 60_000;

/** Runs targets of all projects, so many tasks at once; Nx's words go to `stream`. Also gives Nx's own exit code. */
export async function runTargets(
  workspace: Workspace,
  targets: readonly string[],
  parallel: number,
  stream: 'stdout' | 'stderr',
  signal: AbortSignal,
): Promise<{ code: number; tasks: TaskResult[] }> {
  const runFile = join(workspace.nxCacheDir, 'run.json');
  rmSync(runFile, { force: true });
  const { command, args, cwd, env } = nxCommand(workspace, [
    'run-many',
    '-t',
    targets.join(','),
    `--parallel=${parallel}`,
    // A lane that was named may take a quarter of an hour: each line is shown as it comes.
    ...(targets.length === 1 ? ['--output-style=stream'] : []),
  ]);
  const nx = await spawnChild({
    command,
    args,
    cwd,
    env,
    outputFd: stream === 'stdout' ? 1 : 2,
    graceMs: GRACE_MS,
  });
  const stop = () => void nx.stop();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const { code } = await nx.exited;
  signal.removeEventListener('abort', stop);
  return { code: code ?? 1, tasks: readTasks(runFile) };
}

/** @throws ZodError when Nx writes its record otherwise than it did */
function readTasks(file: string): TaskResult[] {
  if (!existsSync(file)) return []; // Nx ran nothing; its exit code tells
  const { tasks } = runRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
  return tasks.map((task) => ({
    project: task.projectName,
    target: task.target,
    ok: task.status === 0,
    cached: task.cacheStatus.endsWith('cache-hit'),
    seconds: (Date.parse(task.endTime) - Date.parse(task.startTime)) / 1000,
  }));
}
