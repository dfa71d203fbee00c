import { GraphDamagedError, GraphQueryError } from '../graph.error.ts';
import { attestedManifest } from '../integrity/attested.manifest.ts';
import { verifyAgainst, verifyGraph } from '../integrity/graph.verify.ts';
import { createIndexes, missingIndexes } from '../load/graph.indexes.ts';
import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';
import { withIngestLock } from './ingest.lock.ts';
import { noteVerified } from './version.record.ts';
import { copyGraph, ensureReplica } from './version.replica.ts';
import {
  activate,
  activateBuilt,
  activeVersion,
  dropLeftovers,
  previousVersion,
  pruneReplicas,
  pruneVersions,
} from './version.store.ts';

export interface Switch {
  /** What was active before; undefined when nothing was. */
  from: string | undefined;
  to: string;
  /** Until readers were served from it. */
  seconds: number;
}

/**
 * Verifies a version and makes it the active one. Nothing changes when it does not verify.
 * @throws GraphDamagedError, GraphQueryError when the store has no such version, IngestLockedError
 */
export async function activateVersion(store: GraphStore, version: string): Promise<Switch> {
  const start = performance.now();
  return withIngestLock(store, async (lock) => {
    await assertSound(store, version);
    const from = await activeVersion(store);
    await activate(store, version, lock);
    const seconds = (performance.now() - start) / 1000;
    await pruneReplicas(store);
    await ensureReplica(store, version, lock);
    return { from, to: version, seconds };
  });
}

/**
 * Repairs the active graph from its replica: copies it to a staging key, verifies the copy, switches. Readers can be
 * served from the replica meanwhile.
 * @throws GraphDamagedError when the replica is not sound either
 */
export async function repairFromReplica(store: GraphStore, version: string): Promise<Switch> {
  const start = performance.now();
  return withIngestLock(store, async (lock) => {
    const replica = keys.replica(version);
    const { manifest, differences } = await attestedManifest(store, version, replica);
    if (manifest === undefined || differences.some(({ kind }) => kind !== 'record-altered')) {
      throw new GraphDamagedError(`${version} (replica)`, differences);
    }
    await dropLeftovers(store);
    const building = keys.building(version, lock.run);
    // The replica is read once, and its copy is what gets verified.
    const digest = await copyGraph(store, version, replica, building);
    const copy = await verifyAgainst(store, building, manifest.checksums);
    if (!copy.ok) {
      await dropLeftovers(store);
      throw new GraphDamagedError(`${version} (replica)`, copy.differences);
    }
    const from = await activeVersion(store);
    await activateBuilt(store, version, digest, lock);
    return { from, to: version, seconds: (performance.now() - start) / 1000 };
  });
}

/** Activates the version that was active before. @throws GraphQueryError when there is none */
export async function rollback(store: GraphStore): Promise<Switch> {
  const version = await previousVersion(store);
  if (version === undefined) {
    throw new GraphQueryError('There is no version before this one to go back to.');
  }
  return activateVersion(store, version);
}

/** Drops all versions but the active one and the one before, and what killed runs left; returns what was dropped. */
export async function prune(store: GraphStore): Promise<string[]> {
  return withIngestLock(store, async () => {
    const left = await dropLeftovers(store);
    return [...(await pruneVersions(store)), ...left];
  });
}

/** Creates the indexes that a version lacks and waits until they are built; returns them as `Label.property`. */
export async function repairIndexes(store: GraphStore, version: string): Promise<string[]> {
  return withIngestLock(store, async () => {
    const missing = await missingIndexes(store, keys.graph(version));
    await createIndexes(store, keys.graph(version));
    return missing;
  });
}

/** @throws GraphDamagedError */
async function assertSound(store: GraphStore, version: string): Promise<void> {
  const { ok, differences } = await verifyGraph(store, version);
  if (!ok) throw new GraphDamagedError(version, differences);
  await noteVerified(store, version);
}
