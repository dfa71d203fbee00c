import { constants } from 'node:os';
import { keepLow, lowerPriority } from '@gospelib/processes';
import { type RunningStore, startFalkor, startPostgres, startScratch } from '@gospelib/stores';
import { folders, type LocalConfig } from '../config/local.config.ts';

const starters = { falkordb: startFalkor, postgresql: startPostgres };

/**
 * Starts an empty store where a backup is restored to be verified; `stop()` removes it. It runs at a low priority, so
 * that services which answer readers come first: a large restore keeps a core busy for minutes.
 */
export async function startScratchStore(
  config: LocalConfig,
  name: keyof typeof starters,
): Promise<RunningStore> {
  const store = await startScratch(starters[name], { within: folders.scratch(config) });
  try {
    lowerPriority(store.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    const letGo = keepLow(store.pid);
    return {
      ...store,
      stop: () => {
        letGo();
        return store.stop();
      },
    };
  } catch (error) {
    await store.stop();
    throw error;
  }
}
