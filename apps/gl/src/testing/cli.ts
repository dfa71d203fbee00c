import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

const main = join(import.meta.dirname, '../main.ts');

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command line as a person would, in a process of its own. */
export async function cli(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<CliResult> {
  // Nx and CI ask for colours, and the texts are compared.
  const { FORCE_COLOR: _set, ...inherited } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...inherited, NO_COLOR: '1', ...env },
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    texts.stdout += data;
  });
  child.stderr.on('data', (data) => {
    texts.stderr += data;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...texts };
}

/** A data folder that goes when the test is done. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-gl-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts `killed.supervisor.ts` on a data folder; gives it and the processes it started. */
export async function startSupervisor(
  dataDir: string,
): Promise<{ supervisor: ChildProcess; pids: number[] }> {
  const script = join(import.meta.dirname, 'killed.supervisor.ts');
  const supervisor = spawn(process.execPath, [script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void supervisor.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: supervisor.stdout }), 'line');
  return { supervisor, pids: JSON.parse(line) as number[] };
}
