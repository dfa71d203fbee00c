import { rmSync } from 'node:fs';
import {
  type RunningStore,
  type StoreOptions,
  startFalkor,
  startPostgres,
  startRedis,
} from '@gospelib/stores';
import { makeScratch, sweepScratch } from './scratch.folder.ts';

export type TestStoreOptions = Pick<StoreOptions, 'log' | 'persistence' | 'port'>;

/** A real FalkorDB in a temporary folder on a free port; `stop()` removes the folder too. */
export function startTestFalkor(options: TestStoreOptions = {}): Promise<RunningStore> {
  return startTestStore(startFalkor, options);
}

/** A real Redis, as `startTestFalkor`. */
export function startTestRedis(options: TestStoreOptions = {}): Promise<RunningStore> {
  return startTestStore(startRedis, options);
}

/** A real PostgreSQL, as `startTestFalkor`. */
export function startTestPostgres(options: TestStoreOptions = {}): Promise<RunningStore> {
  return startTestStore(startPostgres, options);
}

async function startTestStore(
  start: (options: StoreOptions) => Promise<RunningStore>,
  options: TestStoreOptions,
): Promise<RunningStore> {
  await sweepScratch();
  const dataDir = makeScratch();
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const store = await start({ persistence: false, ...options, dataDir });
    return {
      ...store,
      stop: async () => {
        await store.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
