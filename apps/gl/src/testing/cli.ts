import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type GlResult, runGl } from '@gospelib/processes';
import { onTestFinished } from 'vitest';
import { repositoryRoot } from '../environment.choice.ts';

export type CliResult = GlResult;

/** Runs the command line as a person would, in a process of its own. */
export function cli(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CliResult> {
  // Nx and CI ask for colours, and the texts are compared.
  const { FORCE_COLOR: _set, ...inherited } = process.env;
  return runGl(repositoryRoot, args, { env: { ...inherited, NO_COLOR: '1', ...env } });
}

/** Starts a supervisor that will be killed on a data folder; gives it and the processes it started. */
export async function startSupervisor(
  dataDir: string,
): Promise<{ supervisor: ChildProcess; pids: number[] }> {
  const script = join(repositoryRoot, 'packages/supervisor/src/testing/killed.supervisor.ts');
  const supervisor = spawn(process.execPath, [script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void supervisor.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: supervisor.stdout }), 'line');
  return { supervisor, pids: JSON.parse(line) as number[] };
}
