import type { MigrationState, ShapeDifference } from '@gospelib/database';
import type { Release } from '@gospelib/environment';
import type { Attestation } from '@gospelib/graph';
import type { DeliverySnapshot } from '../delivery.port.ts';
import type { ProviderSnapshot } from '../provider.port.ts';
import type { Finding } from './finding.ts';

/** Everything that a plan is chosen from. Plain data: the tables are tested without any store. */
export interface Snapshot {
  findings: readonly Finding[];
  provider: ProviderSnapshot | undefined;
  /** Undefined, as every other part, when nothing is known of it: no rule that needs it applies then. */
  services: ServiceSnapshot | undefined;
  /** Undefined, too, where nothing delivers releases. */
  release: DeliverySnapshot | undefined;
  /** Undefined, too, when the store does not answer. */
  graph: GraphSnapshot | undefined;
  database: DatabaseSnapshot | undefined;
  backups: BackupSnapshot | undefined;
  disk: DiskSnapshot | undefined;
  /** Tables that lost most of their rows. */
  goneRows: readonly GoneRows[];
  seconds: number;
}

export interface ServiceSnapshot {
  /** Whether a supervisor is there that starts again what fell. */
  supervised: boolean;
  /** Services that answer with errors. */
  failing: readonly string[];
  /** Set when accounts cannot open its signing key: whether the secret that opens it is kept. */
  sealed?: { kept: boolean } | undefined;
  /** What runs now and what ran before, the newest first; empty when nothing was noted. */
  releases: readonly Release[];
}

export interface GraphSnapshot {
  /** What the pointer names; undefined when there is no pointer. */
  wanted: string | undefined;
  /** Whether readers get right answers from it. */
  sound: boolean;
  /** Its graph is damaged or gone, but it is known to have been a version. */
  known: boolean;
  /** What attests the active version, and what its copies say; undefined without one. */
  attestation: Attestation | undefined;
  /** No request is answered from it, whether or not it is sound by now. */
  quarantined: boolean;
  missingIndexes: boolean;
  /** Whether a quick look finds nothing wrong with the second copy. Whoever makes use of it verifies it first. */
  replicaWhole: boolean;
  /** Other versions with which a quick look finds nothing wrong, the one activated last first. */
  othersWhole: readonly string[];
  /** The version that the data folder remembers as active, when it does. */
  remembered: string | undefined;
  /** Somebody ingests or restores at this moment. */
  busy: boolean;
}

export interface DatabaseSnapshot {
  schemas: readonly SchemaSnapshot[];
}

export interface SchemaSnapshot {
  schema: string;
  migrations: readonly (MigrationState & { irreversibleBecause: string | undefined })[];
  /** Whether the role of the service cannot sign in with the password that the service is given. */
  roleRefused: boolean;
  /** What was lost without a migration. */
  lost: readonly ShapeDifference[];
  /** The schema, or its list of applied migrations, is not there. */
  isGone: boolean;
  /** How many rows its lasting tables have, by table; those that are not there are left out. */
  rows: Readonly<Record<string, number>>;
}

/** A table that has far fewer rows than a backup has. */
export interface GoneRows {
  /** With its schema. */
  table: string;
  has: number;
  had: number;
  /** Readers may well have deleted them: something is left, or there is one reader only. */
  plausible: boolean;
  backup: string;
  /** ISO 8601: when the backup was taken. */
  since: string;
}

/** A backup of the database. */
export interface StoredDatabase {
  id: string;
  createdAt: string;
  /** Those that had a table when it was taken. */
  schemas: readonly string[];
  /** How many rows each table had, by `schema.table`. */
  rows: Readonly<Record<string, number>>;
}

export interface BackupSnapshot {
  /** Verified ones, the newest first. */
  graph: readonly { id: string; version: string; createdAt: string; digest: string }[];
  database: readonly StoredDatabase[];
  /** One of the database that is newer than all of these, and not verified yet. */
  unverified: string | undefined;
}

export interface DiskSnapshot {
  /** Places (`data`, `backups`) where nothing can be written. */
  hindered: readonly string[];
}
