import { setTimeout as sleep } from 'node:timers/promises';
import type { BackupKind } from '@gospelib/backup';
import { isAlive, memoryOf } from '@gospelib/processes';
import Table from 'cli-table3';
import colors from 'picocolors';
import { openBackups } from '../backups.ts';
import type { Config } from '../config.ts';
import { readActiveVersion } from '../corpus.ts';
import { storeUrl } from '../store.address.ts';
import { lastVerified } from '../supervisor/backup.schedule.ts';
import { findLeftovers, runningSupervisor } from '../supervisor/leftovers.ts';
import { type PartRecord, readRunState } from '../supervisor/run.state.ts';
import { isReady } from '../supervisor/service.part.ts';
import { serviceNames } from '../supervisor/services.ts';

export type ShownState =
  | 'ready'
  | 'not ready'
  | 'starting'
  | 'waiting'
  | 'stopped'
  | 'external'
  | 'left over';

export interface ShownPart {
  name: string;
  state: ShownState;
  pid?: number;
  port?: number;
  /** Seconds since it was started last. */
  uptime?: number;
  /** Resident memory in bytes, its child processes included; pages shared by several processes are split among them. */
  memory?: number;
  /** How often it was started again. */
  restarts: number;
}

export interface Status {
  running: boolean;
  origin?: string;
  supervisor?: number;
  /** The active version; null when there is none or it cannot be asked for. */
  corpus: string | null;
  /** When the last verified backup was taken, ISO 8601; null when there is none or they cannot be asked for. */
  backups: Record<BackupKind, string | null>;
  parts: ShownPart[];
}

/** Shows each part. Exit code 0 when all is ready, 1 otherwise. */
export async function status(config: Config, options: { json?: boolean }): Promise<number> {
  const found = await readStatus(config);
  console.log(options.json === true ? JSON.stringify(found, null, 2) : render(found));
  return 0;
}

export async function readStatus(config: Config): Promise<Status> {
  const supervisor = runningSupervisor(config);
  const state = readRunState(config);
  if (supervisor === undefined || state === undefined) {
    const parts = findLeftovers(config).map(
      ({ name, process }): ShownPart => ({
        name,
        state: 'left over',
        pid: process.pid,
        restarts: 0,
      }),
    );
    return { running: false, corpus: null, backups: await lastBackups(config), parts };
  }
  const [parts, corpus, backups] = await Promise.all([
    Promise.all(state.parts.map(showPart)),
    activeVersion(config),
    lastBackups(config),
  ]);
  return {
    running: true,
    origin: state.origin,
    supervisor: supervisor.pid,
    corpus,
    backups,
    parts,
  };
}

/** Whatever is wrong with where they lie, the rest of the status is told: `./gl db backups` says what it is. */
async function lastBackups(config: Config): Promise<Status['backups']> {
  try {
    const late = sleep(2_000, undefined, { ref: false });
    const list = (await Promise.race([openBackups(config).list(), late])) ?? [];
    const of = (kind: BackupKind) => lastVerified(list, kind)?.createdAt ?? null;
    return { database: of('database'), graph: of('graph') };
  } catch {
    return { database: null, graph: null };
  }
}

async function showPart(part: PartRecord): Promise<ShownPart> {
  const { name, process, port, restarts } = part;
  const alive = process !== undefined && isAlive(process);
  const memory = alive ? memoryOf(process.pid) : undefined;
  return {
    name,
    state: await stateOf(part, alive),
    ...(alive ? { pid: process.pid } : {}),
    ...(memory === undefined ? {} : { memory }),
    ...(port === undefined ? {} : { port }),
    ...(alive ? { uptime: Math.round((Date.now() - Date.parse(part.since)) / 1000) } : {}),
    restarts,
  };
}

async function stateOf({ name, state, port }: PartRecord, alive: boolean): Promise<ShownState> {
  if (state !== 'running') return state;
  if (!alive) return 'stopped';
  const isService = serviceNames.some((service) => service === name);
  return !isService || (port !== undefined && (await isReady(port))) ? 'ready' : 'not ready';
}

async function activeVersion(config: Config): Promise<string | null> {
  try {
    return (await readActiveVersion(storeUrl(config, 'falkordb'), 1_000)) ?? null;
  } catch {
    return null;
  }
}

function render({ running, origin, corpus, backups, parts }: Status): string {
  if (!running && parts.length === 0) return 'Nothing runs. `./gl up` starts it.';
  const table = new Table({
    head: ['part', 'state', 'pid', 'port', 'up', 'memory', 'restarts'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const part of parts) table.push(row(part));
  const head = running
    ? `${colors.bold(origin ?? '')}  corpus ${corpus ?? 'unknown'}`
    : 'The supervisor is gone. `./gl down` ends what it left running, `./gl up` too.';
  const memory = parts.reduce((sum, part) => sum + (part.memory ?? 0), 0);
  return [
    head,
    table.toString(),
    `${megabytes(memory)} resident together`,
    `last verified backup: database ${ageOf(backups.database)}, graph ${ageOf(backups.graph)}`,
  ].join('\n');
}

function row({ name, state, pid, port, uptime, memory, restarts }: ShownPart): string[] {
  const colour = state === 'ready' || state === 'external' ? colors.green : colors.yellow;
  return [
    name,
    colour(state),
    String(pid ?? ''),
    String(port ?? ''),
    uptime === undefined ? '' : duration(uptime),
    memory === undefined ? '' : megabytes(memory),
    String(restarts),
  ];
}

function ageOf(time: string | null): string {
  if (time === null) return colors.yellow('none');
  return `${duration(Math.round((Date.now() - Date.parse(time)) / 1000))} ago`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
