import type { BackupStore } from '@gospelib/backup';
import { writeManifest } from '../content/graph.manifest.ts';
import { GraphDamagedError, StoreUnavailableError } from '../graph.error.ts';
import { verifyAgainst } from '../integrity/graph.verify.ts';
import type { GraphStore } from '../store/graph.store.ts';
import { engineOf } from '../store/store.engine.ts';
import { keys } from '../store/store.keys.ts';
import { withIngestLock } from '../version/ingest.lock.ts';
import { noteBacked } from '../version/version.record.ts';
import {
  activateBuilt,
  dropLeftovers,
  pruneReplicas,
  readPointer,
} from '../version/version.store.ts';
import { type BackupForm, graphBackupContent } from './backup.content.ts';
import { loadForm, readBackedManifest } from './backup.load.ts';

export interface GraphRestore {
  version: string;
  form: BackupForm;
  /** Why this form was taken: a sentence. */
  why: string;
  /** The new activation of the pointer. */
  activation: string;
  /** Until readers were served from the verified graph. */
  seconds: number;
}

export interface RestoreOptions {
  /** Which form to take; by default the one that fits the engine. */
  form?: BackupForm | undefined;
  /** Also a backup of which nothing proves that it is ours. */
  acceptUnproven?: boolean;
  /** Called with each step, in a few words. */
  onStep?: (step: string) => void;
}

/**
 * Loads a backup under a staging key, verifies it and makes it the active version, whatever the store holds. Nothing
 * changes for readers before the last step.
 * @throws BackupMissingError, BackupDamagedError, GraphDamagedError when it does not verify, IngestLockedError,
 * StoreUnavailableError
 */
export async function restoreGraph(
  store: GraphStore,
  backups: BackupStore,
  id: string,
  { form: wanted, acceptUnproven, onStep = () => undefined }: RestoreOptions = {},
): Promise<GraphRestore> {
  const start = performance.now();
  const backup = await backups.open(id, acceptUnproven);
  const texts = await readBackedManifest(backup);
  const { version, checksums, digest } = graphBackupContent.parse(backup.manifest.content);
  const takenFrom = backup.manifest.engine.version;
  return withIngestLock(store, async (lock) => {
    await dropLeftovers(store);
    const names = [
      keys.building(version, lock.run),
      keys.buildingReplica(version, lock.run),
    ] as const;
    try {
      let { form, why } = wanted
        ? { form: wanted, why: 'it was asked for' }
        : choose(takenFrom, (await engineOf(store)).version);
      onStep(`loading the ${form} form: ${why}`);
      try {
        await loadForm(store, names, backup, form);
      } catch (error) {
        if (form === wanted || form === 'neutral') throw error;
        if (error instanceof StoreUnavailableError) throw error;
        why = `the fast form cannot be used: ${(error as Error).message}`;
        form = 'neutral';
        onStep(`loading the neutral form: ${why}`);
        await dropLeftovers(store);
        await loadForm(store, names, backup, form);
      }
      onStep('verifying it');
      const { ok, differences } = await verifyAgainst(store, names[0], checksums);
      if (!ok) throw new GraphDamagedError(`of ${id}`, differences);
      await writeManifest(store, names[1], texts);
      if ((await writeManifest(store, names[0], texts)) !== digest) {
        const detail = 'The manifest in the backup is not the one that was backed up.';
        throw new GraphDamagedError(`of ${id}`, [
          { kind: 'manifest-altered', subject: 'Manifest', detail },
        ]);
      }
      await activateBuilt(store, version, digest, lock);
      await noteBacked(store, version, digest);
      const activation = (await readPointer(store))?.activation ?? '';
      const seconds = (performance.now() - start) / 1000;
      await pruneReplicas(store);
      return { version, form, why, activation, seconds };
    } catch (error) {
      await dropLeftovers(store).catch(() => undefined); // the next run deletes it
      throw error;
    }
  });
}

function choose(taken: string, here: string): { form: BackupForm; why: string } {
  return taken === here
    ? { form: 'fast', why: `the engine is the one that it was taken from (${here})` }
    : { form: 'neutral', why: `it was taken from another engine version (${taken}, here ${here})` };
}
