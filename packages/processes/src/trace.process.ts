import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { identify, type ProcessIdentity } from './identity.process.ts';

export interface TracedProcess {
  readonly identity: ProcessIdentity;
  readonly command: string;
}

/**
 * Processes that belong to a folder: their environment or command line names it, or they work in it. The environment
 * alone would not do: PostgreSQL, Redis and Chromium write their titles over it. Undefined where there is no /proc.
 */
export function processesOf(folder: string): readonly TracedProcess[] | undefined {
  if (process.platform !== 'linux') return undefined;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const command = read(`/proc/${pid}/cmdline`);
      const traces = [read(`/proc/${pid}/environ`), command, `${link(`/proc/${pid}/cwd`)}/`];
      const identity = traces.some((trace) => names(trace, folder))
        ? identify(Number(pid))
        : undefined;
      if (identity === undefined) return [];
      return [{ identity, command: command.replaceAll('\0', ' ').trim() }];
    });
}

/** `/tmp/a` is named by `TMPDIR=/tmp/a` and `/tmp/a/b`, not by `/tmp/ab`. */
function names(text: string, folder: string): boolean {
  const next = text.split(folder).slice(1);
  return next.some((rest) => !/^[\w.-]/.test(rest));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // gone, or not ours to look at
  }
}

function link(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
