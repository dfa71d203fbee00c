import { finished } from 'node:stream/promises';
import { BackupDamagedError } from './backup.error.ts';
import type { BackupManifest } from './backup.manifest.ts';
import type { BackupStore } from './backup.store.ts';
import type { DamagedBackup } from './backup.survey.ts';

/**
 * Reads every file of a backup to its end. Says that they are what was written, not that they can be restored.
 * @throws BackupDamagedError, BackupMissingError, BackupUnprovenError, BackupSealedError
 */
async function readThrough(
  store: Pick<BackupStore, 'open'>,
  id: string,
  acceptUnproven = false,
): Promise<void> {
  const backup = await store.open(id, acceptUnproven);
  for (const { name } of backup.manifest.files) {
    await finished((await backup.read(name)).resume());
  }
}

/**
 * The first of the given backups whose files are what was written. Those before it that are not are remembered as damaged.
 * @throws BackupSealedError, and what the storage throws
 */
export async function firstSound(
  store: Pick<BackupStore, 'open' | 'markDamaged'>,
  newestFirst: readonly BackupManifest[],
  acceptUnproven = false,
): Promise<{ sound: BackupManifest | undefined; rotten: DamagedBackup[] }> {
  const rotten: DamagedBackup[] = [];
  for (const backup of newestFirst) {
    try {
      await readThrough(store, backup.id, acceptUnproven);
      return { sound: backup, rotten };
    } catch (error) {
      if (!(error instanceof BackupDamagedError)) throw error;
      rotten.push({ id: backup.id, reason: error.message });
      // Whoever may only read here cannot remember it, and finds it again.
      await store.markDamaged(backup.id, error.message).catch(() => undefined);
    }
  }
  return { sound: undefined, rotten };
}
