import {
  BackupDamagedError,
  BackupMissingError,
  BackupSealedError,
  type BackupStore,
  BackupUnprovenError,
  openBackupStore,
  readBackupKeys,
  readBackupOptions,
} from '@gospelib/backup';
import { OperatorError, UsageError } from '@gospelib/cli-kit';
import type { Environment } from '@gospelib/environment';

/** What a place of backups is found and opened with. */
export type BackupEnvironment = Pick<Environment, 'backups' | 'secret'>;

const told = [
  BackupDamagedError,
  BackupMissingError,
  BackupSealedError,
  BackupUnprovenError,
  OperatorError,
];

/**
 * Where the backups of an environment go. What hinders it from being reached is told as an OperatorError that names the
 * place.
 * @throws UsageError when the address makes no sense
 */
export function openBackups(environment: BackupEnvironment): BackupStore {
  return namingThePlace(open(environment));
}

function open(environment: BackupEnvironment): BackupStore {
  const { address, settings, identities } = environment.backups();
  const keys = async () => {
    const opened = settings.BACKUP_AGE_IDENTITIES || (await identities?.());
    const known = { ...settings, BACKUP_AGE_IDENTITIES: opened };
    return readBackupKeys(known, () => environment.secret('backup-signing')).catch((error) => {
      throw new OperatorError(
        `The keys of backups cannot be read: ${error.message}`,
        'BACKUP_SIGNING_KEYS: keys of at least 32 characters. BACKUP_AGE_IDENTITIES: AGE-SECRET-KEY-1…, as age-keygen makes them. Several stand with commas, the one that is written with first.',
        { cause: error },
      );
    });
  };
  try {
    return openBackupStore(address, keys, readBackupOptions(settings));
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
        if (told.some((error) => cause instanceof error)) throw cause;
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
    open: async (id, acceptUnproven) => {
      const backup = await reaching(store.open)(id, acceptUnproven);
      return { ...backup, read: reaching(backup.read) };
    },
    create: reaching(store.create),
    markVerified: reaching(store.markVerified),
    markDamaged: reaching(store.markDamaged),
    remove: reaching(store.remove),
  };
}
