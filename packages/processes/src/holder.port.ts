import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Who listens on a port. What the operating system does not tell (another user's process) is missing. */
export interface PortHolder {
  pid?: number;
  command?: string;
  uid?: number;
}

/** Finds who listens on a TCP port of this machine; undefined when nobody does or nobody can be named. */
export function portHolder(port: number): PortHolder | undefined {
  return process.platform === 'linux' ? holderFromProc(port) : holderFromLsof(port);
}

/** `process 4711 (node server.js)`, as far as it is known. */
export function describeHolder(holder: PortHolder | undefined): string {
  if (holder === undefined) return 'another process';
  if (holder.pid !== undefined)
    return `process ${holder.pid} (${holder.command ?? 'unknown command'})`;
  return `a process of the user with id ${holder.uid}`;
}

/** The sockets listening on a port: rows of /proc/net/tcp (proc_net_tcp; state 0A is LISTEN). */
export function parseListeners(table: string, port: number): { inode: string; uid: number }[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((row) => row[1]?.split(':')[1] === hexPort && row[3] === '0A')
    .map((row) => ({ inode: row[9] ?? '', uid: Number(row[7]) }));
}

function holderFromProc(port: number): PortHolder | undefined {
  const listeners = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => {
    const table = attempt(() => readFileSync(file, 'utf8'));
    return table === undefined ? [] : parseListeners(table, port);
  });
  const first = listeners[0];
  if (first === undefined) return undefined;
  const links = new Set(listeners.map(({ inode }) => `socket:[${inode}]`));
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const descriptors = attempt(() => readdirSync(`/proc/${entry}/fd`)) ?? [];
    const holds = descriptors.some((fd) =>
      links.has(attempt(() => readlinkSync(`/proc/${entry}/fd/${fd}`)) ?? ''),
    );
    if (holds) return { pid: Number(entry), uid: first.uid, ...commandOf(entry) };
  }
  return { uid: first.uid };
}

function commandOf(pid: string): { command?: string } {
  const line = attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  const command = line?.split('\0').join(' ').trim().slice(0, 120);
  return command === undefined || command === '' ? {} : { command };
}

function holderFromLsof(port: number): PortHolder | undefined {
  const text = attempt(() =>
    execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const pid = text?.match(/^p(\d+)$/m)?.[1];
  const command = text?.match(/^c(.+)$/m)?.[1];
  if (pid === undefined) return undefined;
  return { pid: Number(pid), ...(command === undefined ? {} : { command }) };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined; // gone meanwhile, or not ours to look at
  }
}
