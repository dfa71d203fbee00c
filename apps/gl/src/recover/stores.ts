import type { GraphStore } from '@gospelib/graph';
import type { Config } from '../config.ts';
import { withGraphAt } from '../graph.session.ts';
import { storeUrl } from '../store.address.ts';

/** Nobody waits at a screen: a busy store may take its time. */
const PATIENCE = { connectMs: 2_000, commandMs: 60_000 };

/** Does something with the graph store that runs; never starts one. @throws StoreUnavailableError, OperatorError */
export async function openGraph<T>(
  config: Config,
  work: (store: GraphStore) => Promise<T>,
): Promise<T> {
  return withGraphAt(storeUrl(config, 'falkordb'), PATIENCE, work);
}
