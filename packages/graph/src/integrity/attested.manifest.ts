import { type Manifest, readManifest } from '../content/graph.manifest.ts';
import { StoreUnavailableError } from '../graph.error.ts';
import type { GraphStore } from '../store/graph.store.ts';
import { isBacked, readRecord } from '../version/version.record.ts';
import type { Difference } from './graph.difference.ts';

/**
 * The manifest of a graph, and what is wrong with it: gone, unreadable, or not the one whose digest was recorded when
 * the graph was activated. Where the record is damaged, a verified backup with the same manifest vouches for it.
 */
export async function attestedManifest(
  store: GraphStore,
  version: string,
  key: string,
): Promise<{ manifest: Manifest | undefined; differences: Difference[] }> {
  if ((await store.send(['EXISTS', key])) !== 1) {
    const detail = `The store has no graph of version ${version}.`;
    return { manifest: undefined, differences: [{ kind: 'no-graph', subject: key, detail }] };
  }
  const wrong = (kind: Difference['kind'], detail: string): Difference[] => [
    { kind, subject: 'Manifest', detail },
  ];
  let manifest: Manifest | undefined;
  try {
    manifest = await readManifest(store.reader(key, version));
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw error;
    return { manifest, differences: wrong('manifest-altered', 'The manifest cannot be read.') };
  }
  if (manifest === undefined) {
    return { manifest, differences: wrong('no-manifest', 'The graph has no manifest.') };
  }
  const record = await readRecord(store, version);
  const isOfVersion = manifest.corpus.version === version;
  if (record?.digest === manifest.digest && isOfVersion) return { manifest, differences: [] };
  if (isOfVersion && (await isBacked(store, version, manifest.digest))) {
    const detail =
      'The record of this version is gone or altered; a verified backup vouches for the manifest.';
    return { manifest, differences: wrong('record-altered', detail) };
  }
  if (record === undefined) {
    const detail =
      'No record attests the manifest of this graph: an older release made it, or the record was deleted.';
    return { manifest, differences: wrong('no-record', detail) };
  }
  const detail = 'The manifest is not the one that was activated with this graph.';
  return { manifest, differences: wrong('manifest-altered', detail) };
}
