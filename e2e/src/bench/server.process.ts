import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, spawnChild } from '@gospelib/processes';
import { repository } from '../platform.ts';

/** A server of the benchmark, in a process of its own. */
export interface ServerProcess {
  readonly origin: string;
  /** Microseconds of processor time that it has used so far, in all its threads (Linux). */
  cpuMicroseconds(): number;
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
    cpuMicroseconds() {
      const tasks = `/proc/${child.identity.pid}/task`;
      // Nanoseconds on a processor come first (schedstat); stat counts in ticks of 10 ms.
      const used = readdirSync(tasks).map((task) =>
        Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]),
      );
      return used.reduce((sum, nanoseconds) => sum + nanoseconds / 1000, 0);
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
