import { OperatorError } from '@gospelib/cli-kit';
import { storeNames } from '@gospelib/platform';
import { endProcess, isAlive, lockHolder, type ProcessIdentity } from '@gospelib/processes';
import { recordedStore } from '@gospelib/stores';
import { folders, type LocalConfig } from '../config/local.config.ts';
import { lockFile, type ProcessRecord, readRunState, removeRunState } from './run.state.ts';

/** A process of a platform whose supervisor is gone. */
export interface Leftover {
  name: string;
  process: ProcessIdentity;
}

/** The living supervisor of this data folder. */
export function runningSupervisor(config: LocalConfig): ProcessIdentity | undefined {
  return lockHolder(lockFile(config));
}

/** What a killed supervisor left running; services before stores. */
export function findLeftovers(config: LocalConfig): Leftover[] {
  const noted = recorded(config).flatMap(({ name, process }) =>
    process === undefined ? [] : [{ name, process }],
  );
  const stores = storeNames(config.catalogue).flatMap((name) => {
    const process = recordedStore(folders.store(config, name));
    return process === undefined ? [] : [{ name, process }];
  });
  const found = new Map<number, Leftover>();
  for (const leftover of [...noted.reverse(), ...stores]) {
    if (isAlive(leftover.process)) found.set(leftover.process.pid, leftover);
  }
  return [...found.values()];
}

/** Ends them and forgets the state. Only to be called by who holds the lock, or when nobody does. */
export async function clearLeftovers(config: LocalConfig): Promise<Leftover[]> {
  const leftovers = findLeftovers(config);
  for (const { process } of leftovers) await endProcess(process);
  removeRunState(config);
  return leftovers;
}

/** A state that makes no sense is no obstacle here: stores note their own processes, and it goes with the clearing. */
function recorded(config: LocalConfig): ProcessRecord[] {
  try {
    return readRunState(config)?.processes ?? [];
  } catch (error) {
    if (error instanceof OperatorError) return [];
    throw error;
  }
}

/** Where the platform of this data folder is read, while one runs. */
export function runningOrigin(config: LocalConfig): string | undefined {
  return runningSupervisor(config) === undefined ? undefined : readRunState(config)?.origin;
}
