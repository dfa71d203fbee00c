import type { MigrationState, ShapeDifference } from '@gospelib/database';
import type { Release } from '../supervisor/release.log.ts';
import type { Finding } from './findings/finding.ts';

/** Everything that a plan is chosen from. Plain data: the tables are tested without any store. */
export interface Look {
  findings: readonly Finding[];
  services: ServiceLook;
  /** Undefined when the store does not answer. */
  graph: GraphLook | undefined;
  database: DatabaseLook | undefined;
  backups: BackupLook;
  seconds: number;
}

export interface ServiceLook {
  /** Whether a supervisor is there that starts again what fell. */
  supervised: boolean;
  /** Services that answer with errors. */
  failing: readonly string[];
  /** What runs now and what ran before, the newest first; empty when nothing was noted. */
  releases: readonly Release[];
}

export interface GraphLook {
  /** What the pointer names; undefined when there is no pointer. */
  wanted: string | undefined;
  /** Whether readers get right answers from it. */
  sound: boolean;
  /** Its graph is damaged or gone, but it is known to have been a version. */
  known: boolean;
  missingIndexes: boolean;
  /** Whether a quick look finds nothing wrong with the second copy. Whoever makes use of it verifies it first. */
  spareWhole: boolean;
  /** Other versions with which a quick look finds nothing wrong, the one activated last first. */
  othersWhole: readonly string[];
  /** Somebody ingests or restores at this moment. */
  busy: boolean;
}

export interface DatabaseLook {
  schemas: readonly SchemaLook[];
}

export interface SchemaLook {
  schema: string;
  migrations: readonly (MigrationState & { irreversibleBecause: string | undefined })[];
  /** What was lost without a migration. */
  lost: readonly ShapeDifference[];
}

export interface BackupLook {
  /** Verified ones, the newest first. */
  graph: readonly { id: string; version: string; createdAt: string }[];
  database: readonly { id: string; createdAt: string }[];
  /** One of the database that is newer than all of these, and not verified yet. */
  unverified: string | undefined;
}
