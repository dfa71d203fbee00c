import { collectContent } from '../content/graph.collect.ts';
import { readManifestTexts, writeManifest } from '../content/graph.manifest.ts';
import { GraphDamagedError } from '../graph.error.ts';
import { loadGraph } from '../load/bulk.load.ts';
import { createIndexes } from '../load/graph.indexes.ts';
import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';
import type { IngestLock } from './ingest.lock.ts';
import { listGraphKeys } from './version.store.ts';

/** Makes the replica of a sound version when there is none; the caller holds the lock. Returns whether it made one. */
export async function ensureReplica(
  store: GraphStore,
  version: string,
  lock: IngestLock,
): Promise<boolean> {
  if ((await listGraphKeys(store)).includes(keys.replica(version))) return false;
  const building = keys.buildingReplica(version, lock.run);
  await copyGraph(store, version, keys.graph(version), building);
  await lock.assertHeld();
  await store.send(['RENAME', building, keys.replica(version)]);
  await store.send(['DEL', keys.verdict(keys.replica(version))]); // it was about the replica before
  return true;
}

/**
 * Copies through this process, in batches: during GRAPH.COPY every reader would wait for one to three seconds. Returns
 * the digest of the manifest.
 */
export async function copyGraph(
  store: GraphStore,
  version: string,
  from: string,
  to: string,
): Promise<string> {
  const texts = await readManifestTexts(store.reader(from, version));
  if (texts === undefined) throw new GraphDamagedError(version, []);
  await loadGraph(store, to, await collectContent(store, from));
  await createIndexes(store, to);
  return writeManifest(store, to, texts);
}
