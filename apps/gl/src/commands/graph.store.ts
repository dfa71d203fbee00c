import {
  connectGraph,
  GraphDamagedError,
  GraphQueryError,
  type GraphStore,
  IngestLockedError,
  StoreUnavailableError,
} from '@gospelib/graph';
import { StoreError } from '@gospelib/stores';
import { type Config, storeFolder } from '../config.ts';
import { storeUrl } from '../store.address.ts';
import { runningSupervisor } from '../supervisor/leftovers.ts';
import { startStore } from '../supervisor/store.part.ts';

const CONNECT_MS = 5_000;
/** Nobody waits at a screen: a busy store may take its time. */
const COMMAND_MS = 30_000;

/**
 * Does something with the graph store of the running platform, of the environment, or one started for it.
 * @throws StoreError that says what happened and what to do
 */
export async function withGraphStore<T>(
  config: Config,
  work: (store: GraphStore) => Promise<T>,
): Promise<T> {
  const running = config.external.falkordb !== undefined || runningSupervisor(config) !== undefined;
  const own = running ? undefined : await startOwn(config);
  const store = connectGraph(own?.url ?? storeUrl(config, 'falkordb'), { timeout: COMMAND_MS });
  try {
    await store.whenReady(CONNECT_MS);
    return await work(store);
  } catch (error) {
    throw explained(error);
  } finally {
    await store.close();
    await own?.stop();
  }
}

function startOwn(config: Config) {
  const dataDir = storeFolder(config, 'falkordb');
  return startStore('falkordb', { dataDir, port: config.ports.falkordb }, (line) =>
    console.error(line),
  );
}

function explained(error: unknown): unknown {
  if (error instanceof GraphDamagedError) {
    return new StoreError(
      `${error.message} Nothing was changed.`,
      '`./gl graph verify` names all of it; `./gl ingest --force` makes the graph anew from its sources.',
    );
  }
  if (error instanceof GraphQueryError || error instanceof IngestLockedError) {
    return new StoreError(
      error.message,
      'Nothing was changed. `./gl graph list` shows what there is.',
    );
  }
  if (error instanceof StoreUnavailableError) {
    return new StoreError(error.message, '`./gl status` shows whether FalkorDB runs.');
  }
  return error;
}
