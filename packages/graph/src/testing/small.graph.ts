import { manifestTexts, writeManifest } from '../content/graph.manifest.ts';
import { loadGraph } from '../load/bulk.load.ts';
import { createIndexes } from '../load/graph.indexes.ts';
import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';
import { withIngestLock } from '../version/ingest.lock.ts';
import { activateBuilt } from '../version/version.store.ts';
import { smallContent } from './small.content.ts';

/** Loads the small graph under a version and makes it the active one, as the ingest would. */
export async function activateSmall(
  store: GraphStore,
  version: string,
  text?: string,
): Promise<void> {
  await withIngestLock(store, async (lock) => {
    const building = keys.building(version, lock.run);
    const copy = keys.buildingReplica(version, lock.run);
    const { checksums, fingerprints } = await loadGraph(store, building, smallContent(text), {
      copy,
    });
    for (const key of [building, copy]) await createIndexes(store, key);
    const corpus = {
      version,
      edition: 'default' as const,
      sources: [],
      counts: { nodes: {}, edges: {} },
      checksum: 'say "hello" \\ to a\ncheck',
      mends: [],
      derived: [],
    };
    const texts = manifestTexts(corpus, checksums, fingerprints);
    await writeManifest(store, copy, texts);
    await activateBuilt(store, version, await writeManifest(store, building, texts), lock);
  });
}
