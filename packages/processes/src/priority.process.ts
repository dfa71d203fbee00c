import { readFileSync, writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { descendants } from './descendants.process.ts';

const WATCH_MS = 500;

/**
 * Lowers the priority of a process to a nice value; what it starts later inherits it. Where it is lower already it stays:
 * only root may raise it (setpriority(2)).
 *
 * Linux may divide the processor among sessions first, and heed nice values only within one (autogroup, sched(7)): a process
 * that leads its session lowers that, too. One that does not, as in a terminal, leaves what else runs there alone.
 */
export function lowerPriority(pid: number, nice: number): void {
  if (getPriority(pid) < nice) setPriority(pid, nice);
  lowerSession(pid);
}

/**
 * Keeps a process and all that it starts at the priority that the process has, also in sessions of their own: each process of
 * PostgreSQL begins one. Ends with the returned function.
 */
export function keepLow(pid: number): () => void {
  const lowerAll = (): void => descendants(pid).forEach(lowerSession);
  lowerAll();
  const watch = setInterval(lowerAll, WATCH_MS).unref();
  return () => clearInterval(watch);
}

/** A kernel that does not divide by sessions has no such file; one that was asked too often is asked again by the watch. */
function lowerSession(pid: number): void {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const session = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
    const file = `/proc/${pid}/autogroup`;
    const nice = getPriority(pid);
    if (session !== pid || readFileSync(file, 'utf8').endsWith(` nice ${nice}\n`)) return;
    writeFileSync(file, String(nice));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const passing = ['ENOENT', 'ESRCH', 'EAGAIN', 'EACCES', 'EPERM', 'ERR_SYSTEM_ERROR'];
    if (!passing.includes(code ?? '')) throw error;
  }
}
