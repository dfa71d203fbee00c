import { readFileSync } from 'node:fs';
import { descendants } from './descendants.process.ts';

/**
 * Resident memory of a process and its descendants, in bytes: the proportional set size where the
 * kernel tells it (a page shared by n processes counts 1/n in each), else the resident set size. Undefined where
 * there is no /proc to ask.
 */
export function memoryOf(pid: number): number | undefined {
  const bytes = [pid, ...descendants(pid)].reduce((sum, each) => sum + ownMemory(each), 0);
  return bytes === 0 ? undefined : bytes;
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

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // gone, or not ours to look at
  }
}
