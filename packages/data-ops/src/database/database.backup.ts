import { type BackupManifest, removeExpired } from '@gospelib/backup';
import { OperatorError } from '@gospelib/cli-kit';
import { backupDatabase, takeDatabaseBackup, verifyDatabaseBackup } from '@gospelib/database';
import type { Environment } from '@gospelib/environment';
import { openBackups } from '../backup/backup.place.ts';
import { databaseSource, holdsData, type MigrationsOf, schemaSources } from './schema.source.ts';

export interface TakenBackup {
  manifest: BackupManifest;
  /** Older backups that the rule no longer keeps. */
  removed: string[];
}

/**
 * Backs PostgreSQL up, verifies the backup by restoring it into a scratch server, then removes expired ones.
 * @throws OperatorError, and what `backupDatabase` throws
 */
export async function takeBackup(
  environment: Environment,
  url: string,
  say: (line: string) => void,
  of: MigrationsOf = 'own',
): Promise<TakenBackup> {
  const backups = openBackups(environment);
  const manifest = await backupDatabase(await databaseSource(environment, url, of), backups, {
    scratch: () => environment.scratchStore('postgresql'),
    onStep: say,
  });
  return { manifest, removed: await removeExpired(backups) };
}

/** Only takes it: it does not count before {@link verifyBackup} or the next `recover` has verified it. */
export async function takeUnverified(
  environment: Environment,
  url: string,
  of: MigrationsOf = 'own',
): Promise<BackupManifest> {
  return takeDatabaseBackup(await databaseSource(environment, url, of), openBackups(environment));
}

/**
 * Restores a backup into a scratch server and compares, then removes expired ones.
 * @throws OperatorError, and what `verifyDatabaseBackup` throws
 */
export async function verifyBackup(
  environment: Environment,
  taken: BackupManifest,
): Promise<BackupManifest> {
  const backups = openBackups(environment);
  const verified = await verifyDatabaseBackup(backups, taken, {
    schemas: await schemaSources(environment),
    scratch: () => environment.scratchStore('postgresql'),
  });
  await removeExpired(backups);
  return verified;
}

/**
 * Before something that could lose data; undefined where there is none yet. What loses nothing by its own word need not
 * wait for the verification, which takes several times as long as the backup: then whoever asked has it verified afterwards.
 * @throws OperatorError when none could be taken: then what it was for must not happen
 */
export async function backUpBefore(
  environment: Environment,
  url: string,
  what: string,
  say: (line: string) => void,
  { verify = true } = {},
): Promise<BackupManifest | undefined> {
  if (!(await holdsData(url))) return undefined;
  say(`backing up before ${what}…`);
  try {
    const taken = await takeUnverified(environment, url);
    const manifest = verify ? await verifyBackup(environment, taken) : taken;
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
