import { connectGraph, type GraphStore, StoreUnavailableError } from '@gospelib/graph';

export interface Patience {
  /** How long to wait until the store answers at all, ms. */
  connectMs: number;
  /** How long one command may take, ms; what readers are given, when not said. */
  commandMs?: number;
}

/**
 * Does something with the graph store at an address, and leaves no connection behind.
 * @throws StoreUnavailableError that says why the store could not be reached
 */
export async function withGraphAt<T>(
  url: string,
  { connectMs, commandMs }: Patience,
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
