import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { nxCommand } from '../nx.ts';

/** What became of one target of one project. */
export interface TaskResult {
  project: string;
  target: string;
  ok: boolean;
  cached: boolean;
  seconds: number;
}

interface NxRunFile {
  tasks: {
    projectName: string;
    target: string;
    status: number;
    cacheStatus: string;
    startTime: string;
    endTime: string;
  }[];
}

/** Runs targets of all projects; Nx's words go to `stream`. Also gives Nx's own exit code. */
export async function runTargets(
  config: Config,
  targets: readonly string[],
  stream: 'stdout' | 'stderr',
): Promise<{ code: number; tasks: TaskResult[] }> {
  const runFile = join(config.nxCacheDir, 'run.json');
  rmSync(runFile, { force: true });
  // Two shared cores: two tasks at once; tests that measure time are told to run alone in nx.json.
  const { command, args, cwd, env } = nxCommand(config, [
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

function readTasks(file: string): TaskResult[] {
  let run: NxRunFile;
  try {
    run = JSON.parse(readFileSync(file, 'utf8')) as NxRunFile;
  } catch {
    return []; // Nx ran nothing; its exit code tells
  }
  return run.tasks.map((task) => ({
    project: task.projectName,
    target: task.target,
    ok: task.status === 0,
    cached: task.cacheStatus.endsWith('cache-hit'),
    seconds: (Date.parse(task.endTime) - Date.parse(task.startTime)) / 1000,
  }));
}
