import {
  BackupDamagedError,
  BackupMissingError,
  type BackupStore,
  openBackupStore,
  readBackupOptions,
} from '@gospelib/backup';
import { OperatorError, UsageError } from '@gospelib/cli-kit';
import type { Config } from './config.ts';

/**
 * Where backups go: GOSPELIB_BACKUPS, else a folder beside the stores. What hinders it from being reached is told as a
 * OperatorError that names the place.
 * @throws UsageError when the address makes no sense
 */
export function openBackups(config: Config): BackupStore {
  return sayingWhere(open(config));
}

function open(config: Config): BackupStore {
  try {
    return openBackupStore(config.backups, readBackupOptions(config.env));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function sayingWhere(store: BackupStore): BackupStore {
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
