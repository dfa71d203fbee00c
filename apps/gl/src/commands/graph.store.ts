import {
  connectGraph,
  GraphDamagedError,
  GraphQueryError,
  type GraphStore,
  IngestLockedError,
  StoreUnavailableError,
} from '@gospelib/graph';
import { StoreError } from '@gospelib/stores';
import type { Config } from '../config.ts';
import { withStore } from '../store.session.ts';

const CONNECT_MS = 5_000;
/** Nobody waits at a screen: a busy store may take its time. */
const COMMAND_MS = 30_000;

/**
 * Does something with the graph store of the running platform, of the environment, or one started for it.
 * @throws StoreError that says what happened and what to do
 */
export function withGraphStore<T>(
  config: Config,
  work: (store: GraphStore) => Promise<T>,
): Promise<T> {
  return withStore(config, 'falkordb', async (url) => {
    const store = connectGraph(url, { timeout: COMMAND_MS });
    try {
      await store.whenReady(CONNECT_MS);
      return await work(store);
    } catch (error) {
      throw explained(error);
    } finally {
      await store.close();
    }
  });
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
