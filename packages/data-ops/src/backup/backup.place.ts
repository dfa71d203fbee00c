import {
  BackupDamagedError,
  BackupMissingError,
  type BackupStore,
  openBackupStore,
  readBackupOptions,
} from '@gospelib/backup';
import { OperatorError, UsageError } from '@gospelib/cli-kit';
import type { Environment } from '@gospelib/environment';

/**
 * Where the backups of an environment go. What hinders it from being reached is told as an OperatorError that names the
 * place.
 * @throws UsageError when the address makes no sense
 */
export function openBackups(environment: Pick<Environment, 'backups'>): BackupStore {
  return namingThePlace(open(environment));
}

function open(environment: Pick<Environment, 'backups'>): BackupStore {
  const { address, settings } = environment.backups();
  try {
    return openBackupStore(address, readBackupOptions(settings));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function namingThePlace(store: BackupStore): BackupStore {
  const reaching =
    <A extends unknown[], T>(work: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      try {
        return await work(...args);
      } catch (cause) {
        if (cause instanceof BackupDamagedError || cause instanceof BackupMissingError) throw cause;
        throw new OperatorError(
          `The backups in ${store.place} cannot be reached: ${(cause as Error).message}`,
          'GOSPELIB_BACKUPS says where they lie (a folder, or s3://bucket/prefix with BACKUP_S3_… and the credentials of AWS tools).',
          { cause },
        );
      }
    };
  return {
    place: store.place,
    survey: reaching(store.survey),
    list: reaching(store.list),
    open: async (id) => {
      const backup = await reaching(store.open)(id);
      return { ...backup, read: reaching(backup.read) };
    },
    create: reaching(store.create),
    markVerified: reaching(store.markVerified),
    remove: reaching(store.remove),
  };
}
