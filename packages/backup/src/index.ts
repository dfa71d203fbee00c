export { type BackupStoreOptions, openBackupStore, readBackupOptions } from './open.ts';
export {
  type RetentionPolicy,
  removeExpired,
} from './retention.ts';
export { type BackupDraft, type BackupFacts, signManifest } from './store/backup.draft.ts';
export {
  BackupDamagedError,
  BackupMissingError,
  BackupSealedError,
  BackupUnprovenError,
} from './store/backup.error.ts';
export { type BackupKeys, readBackupKeys } from './store/backup.keys.ts';
export type { BackupKind, BackupManifest } from './store/backup.manifest.ts';
export type { BackupStore, StoredBackup } from './store/backup.store.ts';
export type { BackupSurvey, DamagedBackup, UnprovenBackup } from './store/backup.survey.ts';
export { firstSound } from './store/sound.backup.ts';
export { lastVerified } from './store/verified.backup.ts';
