import { readManifest } from '../content/graph.manifest.ts';
import { StoreUnavailableError } from '../graph.error.ts';
import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';
import { withIngestLock } from '../version/ingest.lock.ts';
import { readRecord } from '../version/version.record.ts';

/** What attests a version, and what its copies say of themselves. */
export interface Attestation {
  /** The digest in its record; undefined without a record. */
  recorded: string | undefined;
  /** The digests of the manifests of the graph and of its replica, as far as they can be read. */
  copies: readonly string[];
}

/** @throws StoreUnavailableError */
export async function readAttestation(store: GraphStore, version: string): Promise<Attestation> {
  const [record, ...copies] = await Promise.all([
    readRecord(store, version),
    digestOf(store, version, keys.graph(version)),
    digestOf(store, version, keys.replica(version)),
  ]);
  return { recorded: record?.digest, copies: copies.filter((digest) => digest !== undefined) };
}

/**
 * Writes the digest into the record of a version, as something outside the store attests it. What the copies hold is
 * compared with it afterwards, as ever. @throws IngestLockedError
 */
export async function attestRecord(
  store: GraphStore,
  version: string,
  digest: string,
): Promise<void> {
  await withIngestLock(store, async () => {
    const key = keys.record(version);
    if ((await store.send(['TYPE', key])) !== 'hash') await store.send(['DEL', key]);
    await store.send(['HSET', key, 'digest', digest]);
  });
}

async function digestOf(
  store: GraphStore,
  version: string,
  key: string,
): Promise<string | undefined> {
  if ((await store.send(['EXISTS', key])) !== 1) return undefined;
  try {
    return (await readManifest(store.reader(key, version)))?.digest;
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw error;
    return undefined; // it is no manifest
  }
}
