import {
  activateBuilt,
  createIndexes,
  type GraphContent,
  type GraphStore,
  keys,
  loadGraph,
  lockIngest,
  manifestTexts,
  writeManifest,
} from '@gospelib/graph';

const VERSES = 40;

/** A chapter of verses that follow one another. */
function smallContent(): GraphContent {
  const verses = Array.from({ length: VERSES }, (_, order) => order);
  return {
    nodes: [
      {
        label: 'Chapter',
        rows: [{ id: 'gen.1', book: 'gen', number: 1, order: 0, verses: VERSES }],
      },
      {
        label: 'Passage',
        rows: verses.map((order) => ({
          ...{ id: `gen.1.${order + 1}`, book: 'gen', chapter: 1, verse: order + 1, order },
          ...{ text: `Verse ${order + 1}`, paragraph: false, connections: 0 },
        })),
      },
    ],
    edges: [
      { type: 'HAS_VERSE', rows: verses.map((order) => ({ from: 0, to: order + 1 })) },
      { type: 'NEXT', rows: verses.slice(1).map((order) => ({ from: order, to: order + 1 })) },
    ],
  };
}

/** Loads the small graph with its replica under a version and makes it the active one, as the ingest would. */
export async function activateSmallGraph(store: GraphStore, version: string): Promise<void> {
  const lock = await lockIngest(store);
  const building = keys.building(version, lock.run);
  const copy = keys.buildingReplica(version, lock.run);
  const { checksums, fingerprints } = await loadGraph(store, building, smallContent(), { copy });
  for (const key of [building, copy]) await createIndexes(store, key);
  const corpus = {
    ...{ version, edition: 'default' as const, sources: [], checksum: '' },
    ...{ counts: { nodes: {}, edges: {} }, mends: [], derived: [] },
  };
  const texts = manifestTexts(corpus, checksums, fingerprints);
  await writeManifest(store, copy, texts);
  await activateBuilt(store, version, await writeManifest(store, building, texts), lock);
  await lock.release();
}
