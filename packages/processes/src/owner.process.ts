import { isMainThread } from 'node:worker_threads';
import { isAlive, ownIdentity, type ProcessIdentity } from './identity.process.ts';

const VARIABLE = 'GOSPELIB_OWNER';
const LOOK_MS = 1_000;
const GRACE_MS = 60_000;

/** The environment for processes that must not outlive this one, not even when it is killed by kill -9. */
export function ownedByThisProcess(): Record<string, string> {
  const { pid, started } = ownIdentity();
  return { [VARIABLE]: `${pid}:${started}` };
}

/**
 * Ends this process in order (SIGTERM) once the owner that its environment names is gone, and by SIGKILL a minute later.
 * Without an owner it lives on its own.
 */
export function endWithOwner(env: NodeJS.ProcessEnv = process.env): void {
  const owner = parseOwner(env[VARIABLE]);
  if (owner === undefined || owner.pid === process.pid || !isMainThread) return;
  const timer = setInterval(() => {
    if (isAlive(owner)) return;
    clearInterval(timer);
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_MS);
  timer.unref();
}

function parseOwner(text: string | undefined): ProcessIdentity | undefined {
  const [pid, ...started] = text?.split(':') ?? [];
  return /^\d+$/.test(pid ?? '') ? { pid: Number(pid), started: started.join(':') } : undefined;
}
