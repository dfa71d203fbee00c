import { type BackupStore, openBackupStore, readBackupOptions } from '@gospelib/backup';
import type { Config } from './config.ts';
import { UsageError } from './usage.error.ts';

/** Where backups go: GOSPELIB_BACKUPS, else a folder beside the stores. @throws UsageError when it makes no sense */
export function openBackups(config: Config): BackupStore {
  try {
    return openBackupStore(config.backups, readBackupOptions(config.env));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
