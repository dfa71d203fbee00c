import { BackupDamagedError, BackupMissingError } from '@gospelib/backup';
import { OperatorError, UsageError } from '@gospelib/cli-kit';
import { BackupMismatchError, MigrationError, RestoreRefusedError } from '@gospelib/database';
import { readStoreSecret } from '@gospelib/stores';
import { type Config, storeFolder } from '../config.ts';
import { withStore } from '../store.session.ts';

/**
 * Does something with PostgreSQL, of the environment, of the running platform or started for it, as the owner. Where
 * none ever ran, one is made only for what fills it.
 * @throws OperatorError that says what happened and what to do
 */
export async function withDatabase<T>(
  config: Config,
  work: (ownerUrl: string) => Promise<T>,
  { make = false } = {},
): Promise<T> {
  if (!make && config.external.postgresql === undefined) {
    readStoreSecret(storeFolder(config, 'postgresql'));
  }
  try {
    return await withStore(config, 'postgresql', work);
  } catch (error) {
    throw explained(error);
  }
}

const backupFaults = [
  BackupDamagedError,
  BackupMissingError,
  BackupMismatchError,
  RestoreRefusedError,
];

/** Of a disk, on the way to a backup or to a store that is started: not PostgreSQL's. */
const fileFaults = new Set(['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EIO', 'ENOTDIR', 'ENOENT']);

/** Errors of ours are made of sentences for people; PostgreSQL's say what it refused. */
function explained(error: unknown): unknown {
  if (error instanceof OperatorError || error instanceof UsageError) return error;
  if (error instanceof MigrationError) {
    return new OperatorError(error.message, '`./gl db status` shows where each schema stands.');
  }
  if (backupFaults.some((fault) => error instanceof fault)) {
    return new OperatorError(
      (error as Error).message,
      'What is live was not touched. `./gl db backups` shows what there is.',
      { cause: error },
    );
  }
  const { message, code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error; // a fault of this program: whole, with its stack
  if (fileFaults.has(code)) return new OperatorError(message, undefined, { cause: error });
  return new OperatorError(
    `PostgreSQL did not do it: ${message || code}`,
    '`./gl status` shows whether it runs; the role in DATABASE_URL must own the database.',
    { cause: error },
  );
}
