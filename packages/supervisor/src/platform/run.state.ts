import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from '@gospelib/processes';
import { z } from 'zod';
import { folders, type LocalConfig } from '../config/local.config.ts';
import { readState, writeState } from '../config/state.file.ts';

const identity = z.object({ pid: z.number().int(), started: z.string() });

const recordedState = z.enum(['starting', 'running', 'silent', 'waiting', 'stopped', 'external']);
export type RecordedState = z.output<typeof recordedState>;

const processRecord = z.object({
  name: z.string(),
  state: recordedState,
  process: identity.optional(),
  port: z.number().int().optional(),
  /** ISO 8601. */
  since: z.string(),
  /** How often it was started again. */
  restarts: z.number().int(),
});
/** What the supervisor notes of one process. */
export interface ProcessRecord {
  name: string;
  state: RecordedState;
  process?: ProcessIdentity | undefined;
  port?: number | undefined;
  since: string;
  restarts: number;
}

const runState = z.object({
  supervisor: identity,
  origin: z.string(),
  ready: z.boolean(),
  processes: z.array(processRecord),
});
/** Who runs here: written by the supervisor at each change, read by every other command. */
export interface RunState {
  supervisor: ProcessIdentity;
  origin: string;
  ready: boolean;
  processes: ProcessRecord[];
}

export function lockFile(config: LocalConfig): string {
  return join(folders.run(config), 'gl.lock');
}

/** Undefined when nothing ran here. @throws OperatorError when it makes no sense */
export function readRunState(config: LocalConfig): RunState | undefined {
  return readState(stateFile(config), runState);
}

export function writeRunState(config: LocalConfig, state: RunState): void {
  writeState(stateFile(config), state);
}

export function removeRunState(config: LocalConfig): void {
  rmSync(stateFile(config), { force: true });
}

function stateFile(config: LocalConfig): string {
  return join(folders.run(config), 'state.json');
}
