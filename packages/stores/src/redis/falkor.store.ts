import { openDataFolder } from '../data/data.folder.ts';
import { falkorMissing, findRedisProgram } from '../engine/redis.program.ts';
import type { RunningStore, StoreOptions } from '../store.types.ts';
import { startRedisServer } from './redis.process.ts';

/**
 * Starts FalkorDB. The graph survives a restart: every write goes to the append-only file, which is flushed every
 * second.
 */
export async function startFalkor(options: StoreOptions): Promise<RunningStore> {
  const program = await findRedisProgram();
  if (program.falkorModule === undefined) throw falkorMissing();
  const folder = await openDataFolder(options.dataDir, program.version);
  const appendOnly = (options.persistence ?? true) ? 'yes' : 'no';
  return startRedisServer({
    program,
    folder,
    options,
    portHint:
      'Choose another with FALKORDB_PORT or --port-base, or set FALKORDB_URL to use a running FalkorDB.',
    config: [
      `loadmodule ${quoted(program.falkorModule)}`,
      `appendonly ${appendOnly}`,
      'appendfsync everysec',
      'save ""',
    ],
  });
}

/** Quotes a string for redis.conf. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
