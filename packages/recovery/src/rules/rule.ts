import type { Snapshot } from '../snapshot/snapshot.types.ts';

/** What can be done; each has its function in `steps/`. */
export type StepName =
  | 'start-platform'
  | 'start-release'
  | 'await-process'
  | 'restore-secret'
  | 'await-graph-work'
  | 'quarantine'
  | 'attest-record'
  | 'activate'
  | 'repair-from-replica'
  | 'restore-graph'
  | 'reingest'
  | 'repair-graph-indexes'
  | 'backup-graph'
  | 'backup-database'
  | 'take-database-backup'
  | 'verify-database-backup'
  | 'migrate'
  | 'roll-back-migrations'
  | 'repair-schema-indexes'
  | 'replay-definitions'
  | 'merge-rows'
  | 'go-back'
  | 'restore-state'
  | 'mend-infrastructure';

/** Plain data, so that a plan can be shown, written down and compared before anything is done. */
export interface PlannedStep {
  step: StepName;
  /** A version, a backup, a schema, a folder: what the step is about. */
  subject: string;
  /** For people. */
  says: string;
  /** What it changes in a database, each in words and in SQL. */
  changes?: readonly { says: string; sql: readonly string[] }[];
  /** What to do instead when this fails. */
  otherwise?: PlannedStep;
}

export type Area =
  | 'infrastructure'
  | 'platform'
  | 'release'
  | 'graph'
  | 'database'
  | 'services'
  | 'backups'
  | 'rows';

export interface Plan {
  rule: string;
  area: Area;
  /** What is so, as the decision matrix says it. */
  when: string;
  steps: readonly PlannedStep[];
  /** How long it usually takes, in seconds, with the default corpus. */
  expectedSeconds: number;
  /** What may be lost; a confirmation is needed then. */
  mayLose?: string;
  /** What it would undo may be just what somebody wanted: without an agreement it is passed over, and nothing is wrong. */
  optional?: boolean;
  /** Why nothing must be done by a program here, and what a person does instead. */
  refused?: string;
}

/** One rule of the decision matrix. */
export interface Rule {
  name: string;
  area: Area;
  when: string;
  /** What is done, for the matrix. */
  remedy: string;
  applies(snapshot: Snapshot): boolean;
  plan(snapshot: Snapshot): Omit<Plan, 'rule' | 'area' | 'when'>;
}
