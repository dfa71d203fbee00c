import { type BackupManifest, removeExpired } from '@gospelib/backup';
import { backupDatabase } from '@gospelib/database';
import { StoreError } from '@gospelib/stores';
import { openBackups } from '../backups.ts';
import type { Config } from '../config.ts';
import { startScratchStore } from '../scratch.ts';
import { databaseSource, holdsData } from './database.source.ts';

export interface TakenBackup {
  manifest: BackupManifest;
  /** Older backups that the rule no longer keeps. */
  removed: string[];
}

/**
 * Backs PostgreSQL up, verifies the backup by a restore beside, then lets go of those that have had their time.
 * @throws StoreError, and what `backupDatabase` throws
 */
export async function takeBackup(
  config: Config,
  url: string,
  say: (line: string) => void,
): Promise<TakenBackup> {
  const backups = openBackups(config);
  const manifest = await backupDatabase(databaseSource(config, url), backups, {
    scratch: () => startScratchStore(config, 'postgresql'),
    onStep: say,
  });
  return { manifest, removed: await removeExpired(backups) };
}

/**
 * Before something that could lose data; undefined where there is none yet.
 * @throws StoreError when none could be taken: then what it was for must not happen
 */
export async function backUpBefore(
  config: Config,
  url: string,
  what: string,
  say: (line: string) => void,
): Promise<BackupManifest | undefined> {
  if (!(await holdsData(url))) return undefined;
  say(`backing up before ${what}…`);
  try {
    const { manifest } = await takeBackup(config, url, () => undefined);
    say(`${manifest.id} is taken and verified, in ${secondsOf(manifest).toFixed(1)} s`);
    return manifest;
  } catch (cause) {
    throw new StoreError(
      `No backup could be taken before ${what}, so nothing was changed: ${(cause as Error).message}`,
      '`./gl db backup` shows what it fails at; `./gl db migrate` and `./gl db rollback` go on without one by --no-backup.',
      { cause },
    );
  }
}

/** Taking and verifying together. */
export function secondsOf({ seconds, verified }: BackupManifest): number {
  return seconds + (verified?.seconds ?? 0);
}
