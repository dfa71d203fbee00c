import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, type ProcessIdentity } from './identity.process.ts';

/**
 * Ends a process: `signal` first, SIGKILL after `graceMs`. Never touches a process that merely
 * inherited the number. Returns whether there was one to end.
 */
export async function endProcess(
  identity: ProcessIdentity,
  signal: NodeJS.Signals = 'SIGTERM',
  graceMs = 10_000,
): Promise<boolean> {
  if (!isAlive(identity)) return false;
  send(identity.pid, signal);
  const deadline = Date.now() + graceMs;
  while (isAlive(identity)) {
    if (Date.now() > deadline) {
      send(identity.pid, 'SIGKILL');
      for (let i = 0; i < 100 && isAlive(identity); i += 1) await sleep(20);
      break;
    }
    await sleep(15);
  }
  return true;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
