import { readdirSync, readFileSync } from 'node:fs';

/** The processes that a process started, and those that they started, as far as the kernel tells (Linux). */
export function descendants(pid: number): number[] {
  return children(pid).flatMap((child) => [child, ...descendants(child)]);
}

/** proc_pid_task(5): each thread lists the children it started. */
function children(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
        .split(' ')
        .filter(Boolean)
        .map(Number),
    );
  } catch {
    return []; // it ended meanwhile
  }
}
