import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from '@gospelib/processes';
import { type Config, runFolder } from '../config.ts';
import type { PartName } from '../ports.ts';

export type PartState = 'starting' | 'running' | 'waiting' | 'stopped' | 'external';

/** What the supervisor notes of one part. */
export interface PartRecord {
  name: PartName | 'ingest';
  state: PartState;
  process?: ProcessIdentity;
  port?: number;
  /** ISO 8601. */
  since: string;
  /** How often it was started again. */
  restarts: number;
}

/** Who runs here: written by the supervisor at each change, read by every other command. */
export interface RunState {
  supervisor: ProcessIdentity;
  origin: string;
  ready: boolean;
  parts: PartRecord[];
}

export function lockFile(config: Config): string {
  return join(runFolder(config), 'gl.lock');
}

export function readRunState(config: Config): RunState | undefined {
  try {
    return JSON.parse(readFileSync(stateFile(config), 'utf8')) as RunState;
  } catch {
    return undefined; // nothing ran here, or nothing that can be told
  }
}

/** Written aside and renamed: readers see all of it or the one before. */
export function writeRunState(config: Config, state: RunState): void {
  mkdirSync(runFolder(config), { recursive: true });
  const draft = `${stateFile(config)}.new`;
  writeFileSync(draft, JSON.stringify(state, null, 2));
  renameSync(draft, stateFile(config));
}

export function removeRunState(config: Config): void {
  rmSync(stateFile(config), { force: true });
}

function stateFile(config: Config): string {
  return join(runFolder(config), 'state.json');
}
