import { join } from 'node:path';
import { type RunningStore, startFalkor, startPostgres, startScratch } from '@gospelib/stores';
import type { Config } from './config.ts';

const starters = { falkordb: startFalkor, postgresql: startPostgres };

/** An empty store beside ours, where a backup is restored to be verified; `stop()` removes it. */
export function startScratchStore(
  config: Config,
  name: keyof typeof starters,
): Promise<RunningStore> {
  return startScratch(starters[name], { within: join(config.dataDir, 'scratch') });
}
