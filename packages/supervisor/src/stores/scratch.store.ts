import { constants, getPriority, setPriority } from 'node:os';
import { type RunningStore, startFalkor, startPostgres, startScratch } from '@gospelib/stores';
import { folders, type LocalConfig } from '../config/local.config.ts';

const starters = { falkordb: startFalkor, postgresql: startPostgres };

/**
 * Starts an empty store where a backup is restored to be verified; `stop()` removes it. It runs at a low priority, so that
 * services which answer readers come first: a large restore keeps a core busy for minutes.
 */
export async function startScratchStore(
  config: LocalConfig,
  name: keyof typeof starters,
): Promise<RunningStore> {
  const store = await startScratch(starters[name], { within: folders.scratch(config) });
  try {
    lowerPriority(store.pid);
    return store;
  } catch (error) {
    await store.stop();
    throw error;
  }
}

/**
 * Lowers the priority of a process; processes that it starts later inherit it. Where it is lower already (a scheduled
 * backup runs under `nice`) it stays: only root may raise it (setpriority(2)).
 */
export function lowerPriority(pid: number): void {
  const wanted = constants.priority.PRIORITY_BELOW_NORMAL;
  if (getPriority(pid) < wanted) setPriority(pid, wanted);
}
