import { existsSync, renameSync } from 'node:fs';
import type { StoreName } from '@gospelib/platform';
import {
  EngineVersionError,
  type RunningStore,
  type StoreOptions,
  startFalkor,
  startPostgres,
  startRedis,
  UnreadableDataError,
} from '@gospelib/stores';

const starters: Readonly<Record<StoreName, (options: StoreOptions) => Promise<RunningStore>>> = {
  falkordb: startFalkor,
  redis: startRedis,
  postgresql: startPostgres,
};

/**
 * Starts an embedded store. A graph that this engine cannot read (another version wrote it, or it
 * is damaged) is moved away, never deleted, and the operator is told: ingest makes it anew.
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
    const retained = freeName(`${options.dataDir}.unread-${new Date().toISOString().slice(0, 10)}`);
    renameSync(options.dataDir, retained);
    say(
      `${error.message}\nThat graph was moved to ${retained}; a new one is made from the sources.`,
    );
    return starters[name](options);
  }
}

function freeName(path: string): string {
  let name = path;
  for (let i = 2; existsSync(name); i += 1) name = `${path}-${i}`;
  return name;
}
