import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';
import { listGraphKeys, listVersions, previousVersion } from './version.store.ts';

/** A graph that can be served while the one that the pointer names is damaged. */
export interface Fallback {
  version: string;
  /** Where it lies in the store. */
  key: string;
}

/** What the store holds besides the graph of a version: its replica, the version before, then the others. */
export async function listFallbacks(store: GraphStore, version: string): Promise<Fallback[]> {
  const [graphs, previous, versions] = await Promise.all([
    listGraphKeys(store),
    previousVersion(store),
    listVersions(store),
  ]);
  const others = new Set(previous === undefined ? versions : [previous, ...versions]);
  others.delete(version);
  return [
    { version, key: keys.replica(version) },
    ...[...others].map((other) => ({ version: other, key: keys.graph(other) })),
  ].filter(({ key }) => graphs.includes(key));
}
