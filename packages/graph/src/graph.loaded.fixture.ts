import { loadGraph } from './bulk.load.ts';
import { smallContent } from './graph.fixture.ts';
import { createIndexes } from './graph.indexes.ts';
import { manifestTexts, writeManifest } from './graph.manifest.ts';
import type { GraphStore } from './graph.store.ts';
import { withIngestLock } from './ingest.lock.ts';
import { keys } from './schema.ts';
import { activateBuilt } from './version.store.ts';

/** Loads the small graph under a version and makes it the active one, as the ingest would. */
export async function activateSmall(
  store: GraphStore,
  version: string,
  text?: string,
): Promise<void> {
  await withIngestLock(store, async (lock) => {
    const building = keys.building(version, lock.run);
    const copy = keys.buildingSpare(version, lock.run);
    const { checksums, prints } = await loadGraph(store, building, smallContent(text), { copy });
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
    const texts = manifestTexts(corpus, checksums, prints);
    await writeManifest(store, copy, texts);
    await activateBuilt(store, version, await writeManifest(store, building, texts), lock);
  });
}
