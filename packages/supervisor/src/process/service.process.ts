import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError, waitUntil } from '@gospelib/cli-kit';
import { platform } from '@gospelib/platform';
import { type ProcessIdentity, spawnChild } from '@gospelib/processes';
import { z } from 'zod';
import type { LogFile } from '../log/log.file.ts';
import type { RunningProcess } from './supervised.process.ts';

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 50;
const ANSWER_TIMEOUT_MS = 2_000;
/** Longer than a service's own shutdown may take. */
const GRACE_MS = 8_000;

/**
 * On a machine with much memory V8 lets the space of new objects grow to 128 MiB in each process under load, more than
 * the rest of a service takes; 16 MiB are as fast. In a container it derives a smaller space from the limit by itself.
 */
const heapFlags = ['--max-semi-space-size=8'];

export interface ServiceProcess {
  name: string;
  /** The service's folder, built to `dist/main.js`. */
  folder: string;
  port: number;
  /** Asked at each start: a secret may have been restored since the last one. */
  env(): NodeJS.ProcessEnv;
  log: LogFile;
}

/** Starts a built service and waits until it is alive. @throws OperatorError with its last lines */
export async function startService(
  service: ServiceProcess,
  started: (process: ProcessIdentity) => void,
  signal: AbortSignal,
): Promise<RunningProcess> {
  const main = join(service.folder, 'dist/main.js');
  if (!existsSync(main))
    throw new OperatorError(`${service.name} is not built: ${main} is missing.`);
  service.log.mark();
  const child = await spawnChild({
    command: process.execPath,
    args: [...heapFlags, main],
    cwd: service.folder,
    env: service.env(),
    outputFd: service.log.fd,
    graceMs: GRACE_MS,
  });
  started(child.identity);
  const gone = new AbortController();
  void child.exited.then(() => gone.abort());
  try {
    await untilOk(service, platform.probes.live, AbortSignal.any([gone.signal, signal]));
  } catch (error) {
    await child.stop();
    throw error;
  }
  return {
    pid: child.identity.pid,
    exited: child.exited,
    answers: (timeoutMs) => answersAnything(service.port, timeoutMs),
    stop: () => child.stop(),
  };
}

/** Waits until a service and the stores it uses answer. @throws OperatorError with its last lines */
export function untilReady(service: ServiceProcess, signal: AbortSignal): Promise<void> {
  return untilOk(service, platform.probes.ready, signal);
}

async function untilOk(service: ServiceProcess, path: string, signal: AbortSignal): Promise<void> {
  const { name, port, log } = service;
  const ask = async () => ((await answersOk(port, path, signal)) ? true : undefined);
  const times = { timeoutMs: START_TIMEOUT_MS, everyMs: POLL_MS, signal };
  if ((await waitUntil(ask, times)) === true) return;
  const what = signal.aborted
    ? 'ended while starting'
    : `did not answer ${path} well in ${START_TIMEOUT_MS / 1000} s`;
  const told = signal.aborted ? [] : await whyUnready(port);
  const says = told.length === 0 ? '' : ` It says: ${told.join(' ')}`;
  throw new OperatorError(
    `${name} ${what}.${says} Its last lines (${log.file}):\n${log.tail(12).join('\n')}`,
  );
}

const problem = z.object({ errors: z.array(z.object({ path: z.string(), message: z.string() })) });

/** What a service says of itself that is not ready; nothing where it does not. */
async function whyUnready(port: number): Promise<string[]> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${platform.probes.ready}`, {
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    const { errors } = problem.parse(await response.json());
    return errors.map(({ path, message }) => `${path}: ${message}`);
  } catch {
    return [];
  }
}

/** Whether a service on this machine says that it and its stores answer. */
export function isReady(port: number): Promise<boolean> {
  return answersOk(port, platform.probes.ready);
}

/** Whether it answers at all: what it says of itself is for others to judge. */
async function answersAnything(port: number, timeoutMs: number): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(`http://127.0.0.1:${port}${platform.probes.live}`, { signal });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}

async function answersOk(port: number, path: string, signal?: AbortSignal): Promise<boolean> {
  try {
    const limit = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}
