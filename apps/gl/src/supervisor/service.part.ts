import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '@gospelib/cli-kit';
import { type ProcessIdentity, spawnChild } from '@gospelib/processes';
import type { LogFile } from './log.file.ts';
import type { RunningPart } from './part.ts';

const TIMEOUT_MS = 60_000;
const POLL_MS = 50;
/** Longer than a service's own shutdown may take. */
const GRACE_MS = 8_000;

export interface ServiceProcess {
  name: string;
  /** The service's folder, built to `dist/main.js`. */
  folder: string;
  port: number;
  env: NodeJS.ProcessEnv;
  log: LogFile;
}

/** Starts a built service and waits until it is alive. @throws OperatorError with its last lines */
export async function startService(
  service: ServiceProcess,
  started: (process: ProcessIdentity) => void,
  signal: AbortSignal,
): Promise<RunningPart> {
  const main = join(service.folder, 'dist/main.js');
  if (!existsSync(main))
    throw new OperatorError(`${service.name} is not built: ${main} is missing.`);
  service.log.mark();
  const child = await spawnChild({
    command: process.execPath,
    args: [main],
    cwd: service.folder,
    env: service.env,
    outputFd: service.log.fd,
    graceMs: GRACE_MS,
  });
  started(child.identity);
  const gone = new AbortController();
  void child.exited.then(() => gone.abort());
  try {
    await untilOk(service, '/health', AbortSignal.any([gone.signal, signal]));
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { pid: child.identity.pid, exited: child.exited, stop: () => child.stop() };
}

/** Waits until a service and the stores it uses answer. @throws OperatorError with its last lines */
export function untilReady(service: ServiceProcess, signal: AbortSignal): Promise<void> {
  return untilOk(service, '/ready', signal);
}

async function untilOk(service: ServiceProcess, path: string, signal: AbortSignal): Promise<void> {
  const { name, port, log } = service;
  const deadline = Date.now() + TIMEOUT_MS;
  while (!signal.aborted && Date.now() < deadline) {
    if (await answersOk(port, path, signal)) return;
    await sleep(POLL_MS);
  }
  const what = signal.aborted
    ? 'ended while starting'
    : `did not answer ${path} well in ${TIMEOUT_MS / 1000} s`;
  throw new OperatorError(
    `${name} ${what}. Its last lines (${log.file}):\n${log.tail(12).join('\n')}`,
  );
}

/** Whether a service on this machine says that it and its stores answer. */
export function isReady(port: number): Promise<boolean> {
  return answersOk(port, '/ready');
}

async function answersOk(port: number, path: string, signal?: AbortSignal): Promise<boolean> {
  try {
    const limit = AbortSignal.timeout(2_000);
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}
