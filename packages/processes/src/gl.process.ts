import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { join } from 'node:path';

export type GlOptions = Pick<SpawnOptions, 'env' | 'stdio' | 'detached' | 'cwd'>;

/** Starts a verb of a release by its launcher, as a person would: it installs what is missing and takes that release's Node. */
export function spawnGl(
  root: string,
  args: readonly string[],
  options: GlOptions = {},
): ChildProcess {
  return spawn(glLauncher(root), args, options);
}

/** The launcher of a release: it becomes the Node process that runs the verb, so that both have one process id. */
export function glLauncher(root: string): string {
  return join(root, 'gl');
}

export interface GlResult {
  code: number | null;
  stdout: string;
  stderr: string;
  /** From the call to its end, the start of the process included. */
  seconds: number;
}

/** Runs a verb to its end and keeps what it said. */
export async function runGl(
  root: string,
  args: readonly string[],
  options: Omit<GlOptions, 'stdio'> = {},
): Promise<GlResult> {
  return followGl(spawnGl(root, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })).ended;
}

export interface FollowedGl {
  /** What it has said so far. */
  said: { stdout: string; stderr: string };
  ended: Promise<GlResult>;
}

/** Keeps what a verb says that was started with pipes. */
export function followGl(child: ChildProcess): FollowedGl {
  const start = performance.now();
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const ended = new Promise<GlResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ code, ...said, seconds: (performance.now() - start) / 1000 }),
    );
  });
  return { said, ended };
}
