import type { BackupKind } from '@gospelib/backup';
import { hasRows } from '@gospelib/database';
import type { Environment } from '@gospelib/environment';
import { readActiveVersion } from '../graph/active.corpus.ts';

/** The verb that takes a backup of each kind. */
export const backupVerbs: Readonly<Record<BackupKind, readonly string[]>> = {
  database: ['db', 'backup'],
  graph: ['graph', 'backup'],
};

/** The verb that verifies a backup of each kind again. */
export const verifyVerbs: Readonly<Record<BackupKind, readonly string[]>> = {
  database: ['db', 'verify-backup'],
  graph: ['graph', 'verify-backup'],
};

/**
 * Whether there is anything to back up. Keys and counts are there from the first start on and are made anew: backups of
 * the database begin with the first reader.
 */
export async function holdsWorthKeeping(
  environment: Pick<Environment, 'storeAddress'>,
  kind: BackupKind,
): Promise<boolean> {
  if (kind === 'graph') {
    const url = await environment.storeAddress('falkordb');
    return (await readActiveVersion(url)) !== undefined;
  }
  const url = await environment.storeAddress('postgresql');
  return (await hasRows(url, 'accounts', 'users')) || (await hasRows(url, 'study'));
}
