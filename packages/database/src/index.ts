export { type DatabaseBackupContent, databaseBackupContent } from './backup/backup.content.ts';
export { BackupMismatchError, RestoreRefusedError } from './backup/backup.error.ts';
export { type VerifyOptions, verifyDatabaseBackup } from './backup/backup.verify.ts';
export {
  type BackupOptions,
  backupDatabase,
  type DatabaseSource,
  takeDatabaseBackup,
} from './backup/database.backup.ts';
export type { ScratchDatabase } from './backup/database.load.ts';
export {
  compareWithBackup,
  type DatabaseRestore,
  type RestoreOptions,
  restoreDatabase,
  type TableComparison,
} from './backup/database.restore.ts';
export {
  dropRetained,
  listRetained,
  type RetainedDatabase,
  reinstateRetained,
} from './backup/database.retained.ts';
export {
  type MigrationRun,
  type MigrationState,
  type MigrationTarget,
  migrate,
  migrationStatus,
  rollback,
  type SchemaSource,
} from './migration/migrate.ts';
export {
  DataLossError,
  IrreversibleError,
  MigrationError,
  MigrationLockedError,
} from './migration/migration.error.ts';
export { type Migration, readMigrations } from './migration/migration.files.ts';
export type { MigrationHeader } from './migration/migration.header.ts';
export { type MigrationJob, runMigrationJob } from './migration/migration.job.ts';
export type { ServiceRole } from './migration/service.role.ts';
export {
  isStoreUnavailable,
  sqlStateOf,
} from './pool/database.error.ts';
export {
  type DatabaseNeeds,
  type DatabaseProbe,
  openDatabaseProbe,
} from './pool/database.probe.ts';
export {
  connectDatabase,
  type Database,
  type DatabaseOptions,
  type Queries,
  type Row,
  type TransactionOptions,
} from './pool/database.ts';
export type { QueryObserver } from './pool/query.span.ts';
export { type BackupRows, openBackupRows } from './replay/backup.rows.ts';
export { type Replay, replayDefinitions } from './replay/definitions.replay.ts';
export { type Merge, mergeRows } from './replay/rows.merge.ts';
export type { Refill, RefillRules } from './replay/rows.refill.ts';
export { countRows, hasMigrationList, hasRows } from './shape/schema.content.ts';
export { compareShape, repairSchemaIndexes } from './shape/schema.shape.ts';
export { headlines, type ShapeDifference } from './shape/shape.difference.ts';
export { heldTables, type TableLock } from './shape/table.locks.ts';
