import { readdirSync, readFileSync } from 'node:fs';

/**
 * Resident memory of a process and its descendants, in bytes: the proportional set size where the
 * kernel tells it (a page shared by n processes counts 1/n in each), else the resident set size.
 */
export function memoryOf(pid: number): number {
  return [pid, ...descendants(pid)].reduce((sum, each) => sum + ownMemory(each), 0);
}

function ownMemory(pid: number): number {
  return (
    kilobytes(`/proc/${pid}/smaps_rollup`, /^Pss:\s+(\d+) kB/m) ??
    kilobytes(`/proc/${pid}/status`, /^VmRSS:\s+(\d+) kB/m) ??
    0
  );
}

function kilobytes(file: string, pattern: RegExp): number | undefined {
  const value = read(file)?.match(pattern)?.[1];
  return value === undefined ? undefined : Number(value) * 1024;
}

function descendants(pid: number): number[] {
  const children = tasks(pid).flatMap((task) =>
    (read(`/proc/${pid}/task/${task}/children`) ?? '').split(' ').filter(Boolean).map(Number),
  );
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function tasks(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // gone, or not ours to look at
  }
}
