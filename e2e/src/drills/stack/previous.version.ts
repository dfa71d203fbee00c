import {
  activate,
  activateBuilt,
  type GraphStore,
  keys,
  lockIngest,
  readManifest,
  verifyGraph,
} from '@gospelib/graph';

/**
 * Gives a store a version before the active one, as an older release would have left it: the same content under another
 * name, with a manifest of its own. Afterwards the first version is active again.
 */
export async function makePreviousVersion(
  store: GraphStore,
  { version, previous }: { readonly version: string; readonly previous: string },
): Promise<void> {
  const lock = await lockIngest(store);
  try {
    const building = keys.building(previous, lock.run);
    await store.send(['GRAPH.COPY', keys.graph(version), building], 60_000);
    await store.send(['GRAPH.QUERY', building, renamed(version, previous)], 60_000);
    const manifest = await readManifest(store.reader(building, previous));
    if (manifest?.corpus.version !== previous) throw new Error('The manifest was not renamed.');
    await activateBuilt(store, previous, manifest.digest, lock);
    await activate(store, version, lock);
  } finally {
    await lock.release();
  }
  for (const one of [version, previous]) {
    const { ok, differences } = await verifyGraph(store, one);
    if (!ok) throw new Error(`${one} is not sound: ${differences[0]?.detail}`);
  }
}

function renamed(version: string, previous: string): string {
  return `MATCH (m:Manifest) SET m.json = replace(m.json, '${version}', '${previous}')`;
}
