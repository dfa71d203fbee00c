export { type ChosenBackup, findBackup } from './backup/backup.choice.ts';
export { backupVerbs, holdsWorthKeeping, verifyVerbs } from './backup/backup.job.ts';
export { type BackupEnvironment, openBackups } from './backup/backup.place.ts';
export { BackupSchedule } from './backup/backup.schedule.ts';
export { stateOfBackups, writeBackupState } from './backup/backup.state.ts';
export { renderBackups, sizeOf } from './backup/backup.table.ts';
export { verifyAgain } from './backup/backup.verify.ts';
export {
  secondsOf,
  takeBackup,
  takeUnverified,
  verifyBackup,
} from './database/database.backup.ts';
export {
  type FollowedRestore,
  followRestore,
  planRestore,
  type RestorePlan,
} from './database/database.restore.ts';
export { withDatabase } from './database/database.session.ts';
export { lastingTables } from './database/lasting.tables.ts';
export { migrateAll } from './database/migration.job.ts';
export { whenFree } from './database/migration.lock.ts';
export { refillRules } from './database/refill.rules.ts';
export {
  followRollback,
  planRollback,
  type RollbackGoal,
  type RollbackPlan,
} from './database/schema.rollback.ts';
export {
  lastMigrations,
  schemaSource,
  schemas,
  servicePassword,
} from './database/schema.source.ts';
export { readSchemas, type SchemaStatus } from './database/schema.status.ts';
export { readActiveVersion, readCorpusManifest } from './graph/active.corpus.ts';
export { addGraphPassword, settleGraphPassword } from './graph/graph.password.ts';
export { withGraph, withRunningGraph } from './graph/graph.session.ts';
