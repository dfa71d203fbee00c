import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

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

/** Runs targets of all projects; Nx's words go to `stream`. Also gives Nx's own exit code. */
export async function runTargets(
  workspace: Workspace,
  targets: readonly string[],
  stream: 'stdout' | 'stderr',
): Promise<{ code: number; tasks: TaskResult[] }> {
  const runFile = join(workspace.nxCacheDir, 'run.json');
  rmSync(runFile, { force: true });
  // Two shared cores: two tasks at once; tests that measure time are told to run alone in nx.json.
  const { command, args, cwd, env } = nxCommand(workspace, [
    'run-many',
    '-t',
    targets.join(','),
    '--parallel=2',
  ]);
  const output = stream === 'stdout' ? 'inherit' : process.stderr;
  const nx = spawn(command, args, { cwd, env, stdio: ['ignore', output, 'inherit'] });
  const pass = () => void nx.kill('SIGTERM');
  process.on('SIGTERM', pass);
  const [code] = (await once(nx, 'exit')) as [number | null];
  process.off('SIGTERM', pass);
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
