import type { StepName } from '../rules/rule.ts';
import {
  backUpDatabase,
  mergeGoneRows,
  migrate,
  repairSchemaIndex,
  replayDefinitions,
  rollBackMigrations,
  takeDatabaseBackup,
  verifyDatabaseBackup,
} from './database.steps.ts';
import {
  activate,
  awaitGraphWork,
  quarantine,
  reingest,
  repairFromReplica,
  repairGraphIndexes,
} from './graph.steps.ts';
import { attestFromBackup, backUpGraph, restoreGraph } from './graph-backup.steps.ts';
import { mendInfrastructure, restoreState } from './infra.steps.ts';
import {
  awaitProcess,
  goBack,
  restoreSecret,
  startPlatform,
  startRelease,
} from './platform.steps.ts';
import type { Step } from './step.ts';

/** What each step of a plan does. */
export const steps: Readonly<Record<StepName, Step>> = {
  'start-platform': startPlatform,
  'start-release': startRelease,
  'await-process': awaitProcess,
  'restore-secret': restoreSecret,
  'await-graph-work': awaitGraphWork,
  'go-back': goBack,
  quarantine,
  'attest-record': attestFromBackup,
  activate,
  'repair-from-replica': repairFromReplica,
  reingest,
  'repair-graph-indexes': repairGraphIndexes,
  'restore-graph': restoreGraph,
  'backup-graph': backUpGraph,
  'backup-database': backUpDatabase,
  'take-database-backup': takeDatabaseBackup,
  'verify-database-backup': verifyDatabaseBackup,
  'replay-definitions': replayDefinitions,
  'merge-rows': mergeGoneRows,
  'restore-state': restoreState,
  'mend-infrastructure': mendInfrastructure,
  migrate,
  'roll-back-migrations': rollBackMigrations,
  'repair-schema-indexes': repairSchemaIndex,
};
