import { tmpdir } from 'node:os';
import {
  type RunningStore,
  type StoreOptions,
  startFalkor,
  startPostgres,
  startRedis,
  startScratch,
} from '@gospelib/stores';
import { copyTemplate } from './postgres.template.ts';

export type TestStoreOptions = Pick<StoreOptions, 'log' | 'persistence' | 'port'>;

/** A real FalkorDB in a temporary folder on a free port; `stop()` removes the folder too. */
export function startTestFalkor(options: TestStoreOptions = {}): Promise<RunningStore> {
  return startScratch(startFalkor, { ...options, within: tmpdir() });
}

/** A real Redis, as `startTestFalkor`. */
export function startTestRedis(options: TestStoreOptions = {}): Promise<RunningStore> {
  return startScratch(startRedis, { ...options, within: tmpdir() });
}

/** A real PostgreSQL, as `startTestFalkor`. */
export function startTestPostgres(options: TestStoreOptions = {}): Promise<RunningStore> {
  const start = async (scratch: StoreOptions) => {
    await copyTemplate(scratch.dataDir);
    return startPostgres(scratch);
  };
  return startScratch(start, { ...options, within: tmpdir() });
}
