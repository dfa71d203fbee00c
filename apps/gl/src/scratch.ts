import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { type RunningStore, startFalkor, startPostgres, startScratch } from '@gospelib/stores';
import type { Config } from './config.ts';

const starters = { falkordb: startFalkor, postgresql: startPostgres };

/**
 * An empty store beside ours, where a backup is restored to be verified; `stop()` removes it. It gives way to whoever serves
 * readers on this machine: a restore keeps a core busy for minutes when there is much to restore.
 */
export async function startScratchStore(
  config: Config,
  name: keyof typeof starters,
): Promise<RunningStore> {
  const store = await startScratch(starters[name], { within: join(config.dataDir, 'scratch') });
  // What it starts from here on, as PostgreSQL does for each connection, is as modest as itself.
  setPriority(store.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  return store;
}
