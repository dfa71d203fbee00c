import { type BackupManifest, removeExpired } from '@gospelib/backup';
import { OperatorError } from '@gospelib/cli-kit';
import { backupDatabase, takeDatabaseBackup, verifyDatabaseBackup } from '@gospelib/database';
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
 * @throws OperatorError, and what `backupDatabase` throws
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

/** Only takes it: it does not count before {@link verifyBackup} or the next `recover` has verified it. */
export async function takeUnverified(config: Config, url: string): Promise<BackupManifest> {
  return takeDatabaseBackup(databaseSource(config, url), openBackups(config));
}

/**
 * Restores a backup into a scratch server and compares, then lets go of those that have had their time.
 * @throws OperatorError, and what `verifyDatabaseBackup` throws
 */
export async function verifyBackup(config: Config, taken: BackupManifest): Promise<BackupManifest> {
  const backups = openBackups(config);
  const scratch = () => startScratchStore(config, 'postgresql');
  const verified = await verifyDatabaseBackup(backups, taken, scratch);
  await removeExpired(backups);
  return verified;
}

/**
 * Before something that could lose data; undefined where there is none yet. What loses nothing by its own word need not
 * wait for the verification, which takes several times as long as the backup: then whoever asked has it verified afterwards.
 * @throws OperatorError when none could be taken: then what it was for must not happen
 */
export async function backUpBefore(
  config: Config,
  url: string,
  what: string,
  say: (line: string) => void,
  { verify = true } = {},
): Promise<BackupManifest | undefined> {
  if (!(await holdsData(url))) return undefined;
  say(`backing up before ${what}…`);
  try {
    const taken = await takeUnverified(config, url);
    const manifest = verify ? await verifyBackup(config, taken) : taken;
    const state = verify ? 'taken and verified' : 'taken';
    say(`${manifest.id} is ${state}, in ${secondsOf(manifest).toFixed(1)} s`);
    return manifest;
  } catch (cause) {
    throw new OperatorError(
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
