import type { Verb } from '../../verb.ts';
import { addVerifyBackup } from '../backup.again.ts';
import { dbBackup } from './db-backup.verb.ts';
import { dbBackups } from './db-backups.verb.ts';
import { dbMigrate } from './db-migrate.verb.ts';
import { dbRestore } from './db-restore.verb.ts';
import { dbRollback } from './db-rollback.verb.ts';
import { dbStatus } from './db-status.verb.ts';
import { retainedDrop } from './retained-drop.verb.ts';
import { retainedList } from './retained-list.verb.ts';
import { retainedReinstate } from './retained-reinstate.verb.ts';

/** Databases that restores replaced. */
const retained: Verb = (db, run) => {
  const group = db.command('retained').description('databases that restores replaced and retained');
  for (const verb of [retainedList, retainedDrop, retainedReinstate]) verb(group, run);
};

export const dbVerbs: readonly Verb[] = [
  dbStatus,
  dbMigrate,
  dbRollback,
  dbBackup,
  dbBackups,
  (db, run) => addVerifyBackup(db, run, 'database'),
  dbRestore,
  retained,
];
