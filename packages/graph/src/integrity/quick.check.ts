import { findMissingIndexes } from '../load/graph.indexes.ts';
import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';
import { attestedManifest } from './attested.manifest.ts';
import { compareCounts, countGraph } from './graph.counts.ts';
import type { Difference } from './graph.difference.ts';

/**
 * Checks manifest, digest, counts by label and type, and indexes, in some 20 ms. It finds what was lost or added, not
 * what was altered.
 * @throws StoreUnavailableError
 */
export async function quickCheck(
  store: GraphStore,
  version: string,
  key = keys.graph(version),
): Promise<Difference[]> {
  const { manifest, differences } = await attestedManifest(store, version, key);
  if (manifest === undefined) return differences;
  return [
    ...differences,
    ...compareCounts(await countGraph(store, key), manifest.checksums),
    ...(await findMissingIndexes(store, key)),
  ];
}
