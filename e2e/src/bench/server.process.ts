import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, spawnChild } from '@gospelib/processes';
import { repository } from '../platform.ts';

/** A server of the benchmark, in a process of its own. */
export interface ServerProcess {
  readonly origin: string;
  /** Seconds of processor time that it has used so far, in all its threads (Linux). */
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Starts a program of this repository that listens on `PORT`, and waits until it answers.
 * @param program path from the root of the repository
 */
export async function startServer(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<ServerProcess> {
  const port = await freePort();
  const child = await spawnChild({
    command: process.execPath,
    args: [join(repository, program), ...args],
    env: { ...process.env, ...env, PORT: String(port) },
  });
  const origin = `http://127.0.0.1:${port}`;
  await answers(`${origin}/health`);
  return {
    origin,
    async cpuSeconds() {
      const stat = await readFile(`/proc/${child.identity.pid}/stat`, 'utf8');
      // Ticks of 10 ms, fields 14 and 15 of proc_pid_stat(5); the name before them ends in a bracket.
      const [user, system] = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11, 13);
      return (Number(user) + Number(system)) / 100;
    },
    stop: () => child.stop(),
  };
}

/** Resolves when something answers there with 2xx. @throws Error after half a minute */
export async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await sleep(100);
  }
  throw new Error(`${url} did not answer within half a minute`);
}
