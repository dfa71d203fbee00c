export { type BackupStoreOptions, openBackupStore, readBackupOptions } from './open.ts';
export {
  type RetentionPolicy,
  removeExpired,
} from './retention.ts';
export type { BackupDraft, BackupFacts } from './store/backup.draft.ts';
export { BackupDamagedError, BackupMissingError } from './store/backup.error.ts';
export type { BackupKind, BackupManifest } from './store/backup.manifest.ts';
export type {
  BackupStore,
  BackupSurvey,
  DamagedBackup,
  StoredBackup,
} from './store/backup.store.ts';
export { lastVerified } from './store/verified.backup.ts';
