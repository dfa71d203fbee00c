import { openDataFolder } from '../data/data.folder.ts';
import { findRedisProgram } from '../engine/redis.program.ts';
import type { RunningStore, StoreOptions } from '../store.types.ts';
import { startRedisServer } from './redis.process.ts';

/** The cache holds only what may be lost: nothing on disk, and at this size the least recently used is evicted. */
const MAX_MEMORY = '64mb';

/** Starts the cache. `persistence` has no effect, since there is none. */
export async function startRedis(options: StoreOptions): Promise<RunningStore> {
  const program = await findRedisProgram();
  // Nothing is stored, so no version can meet another's data.
  const folder = await openDataFolder(options.dataDir, 'redis');
  return startRedisServer({
    program,
    folder,
    options,
    portHint:
      'Choose another with REDIS_PORT or --port-base, or set REDIS_URL to use a running Redis.',
    config: ['save ""', 'appendonly no', `maxmemory ${MAX_MEMORY}`, 'maxmemory-policy allkeys-lru'],
  });
}
