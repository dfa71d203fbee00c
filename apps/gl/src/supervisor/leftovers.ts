import { endProcess, isAlive, lockHolder, type ProcessIdentity } from '@gospelib/processes';
import { recordedStore } from '@gospelib/stores';
import { type Config, storeFolder, storeNames } from '../config.ts';
import { lockFile, readRunState, removeRunState } from './run.state.ts';

/** A process of a platform whose supervisor is gone. */
export interface Leftover {
  name: string;
  process: ProcessIdentity;
}

/** The living supervisor of this data folder. */
export function runningSupervisor(config: Config): ProcessIdentity | undefined {
  return lockHolder(lockFile(config));
}

/** What a killed supervisor left running; services before stores. */
export function findLeftovers(config: Config): Leftover[] {
  const noted = (readRunState(config)?.parts ?? []).flatMap(({ name, process }) =>
    process === undefined ? [] : [{ name, process }],
  );
  const stores = storeNames.flatMap((name) => {
    const process = recordedStore(storeFolder(config, name));
    return process === undefined ? [] : [{ name, process }];
  });
  const found = new Map<number, Leftover>();
  for (const leftover of [...noted.reverse(), ...stores]) {
    if (isAlive(leftover.process)) found.set(leftover.process.pid, leftover);
  }
  return [...found.values()];
}

/** Ends them and forgets the state. Only to be called by who holds the lock, or when nobody does. */
export async function clearLeftovers(config: Config): Promise<Leftover[]> {
  const leftovers = findLeftovers(config);
  for (const { process } of leftovers) await endProcess(process);
  removeRunState(config);
  return leftovers;
}
