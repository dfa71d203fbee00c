import { existsSync, renameSync } from 'node:fs';
import {
  EngineVersionError,
  type RunningStore,
  type StoreOptions,
  startFalkor,
  startPostgres,
  startRedis,
  UnreadableDataError,
} from '@gospelib/stores';
import type { StoreName } from '../config.ts';

const starters: Readonly<Record<StoreName, (options: StoreOptions) => Promise<RunningStore>>> = {
  falkordb: startFalkor,
  redis: startRedis,
  postgresql: startPostgres,
};

/**
 * Starts an embedded store. A graph that this engine cannot read (another version wrote it, or it
 * is damaged) is set aside, never deleted, and says so: ingest makes it anew.
 */
export async function startStore(
  name: StoreName,
  options: StoreOptions,
  say: (line: string) => void,
): Promise<RunningStore> {
  try {
    return await starters[name](options);
  } catch (error) {
    const unreadable = error instanceof EngineVersionError || error instanceof UnreadableDataError;
    if (name !== 'falkordb' || !unreadable) throw error;
    const aside = freeName(`${options.dataDir}.unread-${new Date().toISOString().slice(0, 10)}`);
    renameSync(options.dataDir, aside);
    say(`${error.message}\nThat graph was moved to ${aside}; a new one is made from the sources.`);
    return starters[name](options);
  }
}

function freeName(path: string): string {
  let name = path;
  for (let i = 2; existsSync(name); i += 1) name = `${path}-${i}`;
  return name;
}
