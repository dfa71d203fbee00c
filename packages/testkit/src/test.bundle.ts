import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '@gospelib/processes';

/** The programs of a service as an image holds them: in a folder without node_modules, outside the repository. */
export interface TestBundle {
  /** Runs a program to its end. @returns its standard output @throws Error with its output unless it exits with 0 */
  run(program: string, args: readonly string[], env: Environment): Promise<string>;
  /** Starts `main.js` on a free port and waits until it is alive. */
  start(env: Environment): Promise<StartedBundle>;
  /** Ends what was started and removes the folder. */
  remove(): Promise<void>;
}

export interface StartedBundle {
  url: string;
  /** Sends SIGTERM. @returns the exit code */
  stop(): Promise<number | null>;
}

/** Added to the environment of the test. */
type Environment = Readonly<Record<string, string>>;

const TIMEOUT_MS = 60_000;
const POLL_MS = 50;

/** Builds the project of the working directory as its `build` target does, but into a temporary folder. */
export async function buildTestBundle(): Promise<TestBundle> {
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-bundle-'));
  const config = join(import.meta.dirname, '../../../rolldown.config.ts');
  await promisify(execFile)('rolldown', [
    '--config',
    config,
    '--log-level',
    'warn',
    '--dir',
    folder,
  ]);
  const children: ChildProcess[] = [];
  return {
    run: async (program, args, env) => {
      const path = join(folder, program);
      const options = { cwd: folder, env: { ...process.env, ...env }, timeout: TIMEOUT_MS };
      return (await promisify(execFile)(process.execPath, [path, ...args], options)).stdout;
    },
    start: async (env) => {
      const port = await freePort();
      const child = spawn(process.execPath, [join(folder, 'main.js')], {
        cwd: folder,
        env: { ...process.env, ...env, PORT: String(port) },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      children.push(child);
      const url = `http://127.0.0.1:${port}`;
      await untilAlive(child, url);
      return { url, stop: () => end(child, 'SIGTERM') };
    },
    remove: async () => {
      for (const child of children) await end(child, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilAlive(child: ChildProcess, url: string): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const deadline = Date.now() + TIMEOUT_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${url}/health`).catch(() => undefined);
    if (answer?.ok === true) return;
    await sleep(POLL_MS);
  }
  throw new Error(`The bundle did not start (exit code ${child.exitCode}): ${said}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await once(child, 'exit');
  }
  return child.exitCode;
}
