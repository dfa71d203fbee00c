import {
  BackupDamagedError,
  BackupMissingError,
  BackupSealedError,
  BackupUnprovenError,
} from '@gospelib/backup';
import { OperatorError } from '@gospelib/cli-kit';
import type { Environment } from '@gospelib/environment';
import {
  connectGraph,
  GraphDamagedError,
  GraphQueryError,
  type GraphStore,
  IngestLockedError,
  StoreUnavailableError,
} from '@gospelib/graph';

export interface GraphTimeouts {
  /** How long to wait until the store answers at all, ms. */
  connectMs: number;
  /** How long one command may take, ms; what readers are given, when not said. */
  commandMs?: number;
}

/** Nobody waits at a screen: a busy store may take its time. */
const operator: GraphTimeouts = { connectMs: 5_000, commandMs: 30_000 };
const recovery: GraphTimeouts = { connectMs: 2_000, commandMs: 60_000 };

/**
 * Does something with the graph store of an environment, which is started for it where it does not run.
 * @throws OperatorError that says what happened and what to do
 */
export function withGraph<T>(
  environment: Environment,
  work: (store: GraphStore) => Promise<T>,
): Promise<T> {
  return environment.withStore('falkordb', async (url) => {
    try {
      return await withGraphAt(url, operator, work);
    } catch (error) {
      throw explained(error);
    }
  });
}

/** Does something with the graph store that runs; never starts one. @throws StoreUnavailableError, OperatorError */
export async function withRunningGraph<T>(
  environment: Pick<Environment, 'storeAddress'>,
  work: (store: GraphStore) => Promise<T>,
): Promise<T> {
  return withGraphAt(await environment.storeAddress('falkordb'), recovery, work);
}

/**
 * Does something with the graph store at an address, and leaves no connection behind.
 * @throws StoreUnavailableError that says why the store could not be reached
 */
export async function withGraphAt<T>(
  url: string,
  { connectMs, commandMs }: GraphTimeouts,
  work: (store: GraphStore) => Promise<T>,
): Promise<T> {
  let reason = '';
  const store = connectGraph(url, {
    ...(commandMs !== undefined && { timeout: commandMs }),
    onChange: (ready, why) => {
      if (!ready) reason = why;
    },
  });
  try {
    await store.whenReady(connectMs).catch((cause: Error) => {
      throw new StoreUnavailableError(reason || cause.message, { cause });
    });
    return await work(store);
  } finally {
    await store.close();
  }
}

const backupFaults = [
  BackupDamagedError,
  BackupMissingError,
  BackupSealedError,
  BackupUnprovenError,
];

function explained(error: unknown): unknown {
  if (backupFaults.some((fault) => error instanceof fault)) {
    return new OperatorError(
      `${(error as Error).message} Nothing was changed.`,
      '`./gl graph backups` shows what there is.',
      { cause: error },
    );
  }
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
