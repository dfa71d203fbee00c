import { connectGraph, type GraphStore } from '@gospelib/graph';
import type { Config } from '../config.ts';
import { storeUrl } from '../store.address.ts';

const CONNECT_MS = 2_000;
/** Nobody waits at a screen: a busy store may take its time. */
const COMMAND_MS = 60_000;

/** Does something with the graph store that runs; never starts one. @throws StoreUnavailableError, StoreError */
export async function openGraph<T>(
  config: Config,
  work: (store: GraphStore) => Promise<T>,
): Promise<T> {
  const store = connectGraph(storeUrl(config, 'falkordb'), { timeout: COMMAND_MS });
  try {
    await store.whenReady(CONNECT_MS);
    return await work(store);
  } finally {
    await store.close();
  }
}
