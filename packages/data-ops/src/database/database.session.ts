import {
  BackupDamagedError,
  BackupMissingError,
  BackupSealedError,
  BackupUnprovenError,
} from '@gospelib/backup';
import { OperatorError } from '@gospelib/cli-kit';
import { BackupMismatchError, MigrationError, RestoreRefusedError } from '@gospelib/database';
import type { Environment } from '@gospelib/environment';

/**
 * Does something with PostgreSQL as its owner; it is started for it where it does not run. Where none ever ran, one is
 * made only for what fills it.
 * @throws OperatorError that says what happened and what to do
 */
export async function withDatabase<T>(
  environment: Environment,
  work: (ownerUrl: string) => Promise<T>,
  { make = false } = {},
): Promise<T> {
  if (!make) await environment.storeAddress('postgresql'); // throws where none ever ran
  try {
    return await environment.withStore('postgresql', work);
  } catch (error) {
    throw explained(error);
  }
}

const backupFaults = [
  BackupDamagedError,
  BackupMissingError,
  BackupSealedError,
  BackupUnprovenError,
  BackupMismatchError,
  RestoreRefusedError,
];

/** Of a disk, on the way to a backup or to a store that is started: not PostgreSQL's. */
const fileFaults = new Set(['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EIO', 'ENOTDIR', 'ENOENT']);

/** Errors of ours are made of sentences for people; PostgreSQL's say what it refused. */
function explained(error: unknown): unknown {
  if (error instanceof OperatorError) return error;
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
    `PostgreSQL refused: ${message || code}`,
    '`./gl status` shows whether it runs; the role in DATABASE_URL must own the database.',
    { cause: error },
  );
}
