import { OperatorError } from '@gospelib/cli-kit';
import {
  GraphDamagedError,
  GraphQueryError,
  type GraphStore,
  IngestLockedError,
  StoreUnavailableError,
} from '@gospelib/graph';
import type { Config } from '../config.ts';
import { withGraphAt } from '../graph.session.ts';
import { withStore } from '../store.session.ts';

/** Nobody waits at a screen: a busy store may take its time. */
const PATIENCE = { connectMs: 5_000, commandMs: 30_000 };

/**
 * Does something with the graph store of the running platform, of the environment, or one started for it.
 * @throws OperatorError that says what happened and what to do
 */
export function withGraphStore<T>(
  config: Config,
  work: (store: GraphStore) => Promise<T>,
): Promise<T> {
  return withStore(config, 'falkordb', async (url) => {
    try {
      return await withGraphAt(url, PATIENCE, work);
    } catch (error) {
      throw explained(error);
    }
  });
}

function explained(error: unknown): unknown {
  if (error instanceof GraphDamagedError) {
    return new OperatorError(
      `${error.message} Nothing was changed.`,
      '`./gl graph verify` names all of it; `./gl ingest --force` makes the graph anew from its sources.',
    );
  }
  if (error instanceof GraphQueryError || error instanceof IngestLockedError) {
    return new OperatorError(
      error.message,
      'Nothing was changed. `./gl graph list` shows what there is.',
    );
  }
  if (error instanceof StoreUnavailableError) {
    return new OperatorError(error.message, '`./gl status` shows whether FalkorDB runs.');
  }
  return error;
}
