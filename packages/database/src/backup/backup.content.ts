import type { BackupManifest } from '@gospelib/backup';
import { z } from 'zod';
import { RestoreRefusedError } from './backup.error.ts';

/** An identifier as our migrations use them; it also serves as part of a file name. */
const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);

const table = z.object({
  table: name,
  /** In the backup, compressed with zstd: lines of COPY's text format, the columns in this order. */
  file: z.string(),
  /** Without generated columns, which PostgreSQL computes from the others. */
  columns: z.array(z.string()).min(1),
  rows: z.number().int().nonnegative(),
  /** Independent of the order of the rows, see `table.digest.ts`. */
  checksum: z.string(),
});

const sequence = z.object({
  sequence: name,
  /** As text: it may exceed the integers that a number represents exactly. */
  lastValue: z.string().regex(/^-?\d+$/),
  isCalled: z.boolean(),
});

/** Strict, because it becomes a file's name, and never a path. */
const migrationName = z.string().regex(/^\d{4}_[a-z0-9_]{1,100}$/);

const schema = z.object({
  schema: name,
  /** The migrations that make its tables, included so that a backup can be restored without its release. */
  migrations: z.array(
    z.object({ name: migrationName, up: z.string(), down: z.string().optional() }),
  ),
  /** Everything in it but rows, by `<kind> <name>`, as the catalogue describes it: tables, policies, grants, … */
  shape: z.record(z.string(), z.string()),
  tables: z.array(table),
  sequences: z.array(sequence),
});

/** `content` in the manifest of a database backup. */
export const databaseBackupContent = z.object({
  format: z.literal(1),
  /** ISO 8601: the backup holds everything committed by then and nothing later. */
  snapshotAt: z.iso.datetime(),
  schemas: z.array(schema).min(1),
  /** Of all tables together, without the `migrations` tables. */
  rows: z.number().int().nonnegative(),
});

/** @throws RestoreRefusedError naming what is wrong, for what this release does not write */
export function contentOf({ id, content }: BackupManifest): DatabaseBackupContent {
  const read = databaseBackupContent.safeParse(content);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new RestoreRefusedError(
    `The manifest of ${id} cannot be used (${faults.slice(0, 3).join('; ')}); nothing was changed.`,
  );
}

export type DatabaseBackupContent = z.infer<typeof databaseBackupContent>;
export type SchemaBackup = z.infer<typeof schema>;
export type TableBackup = z.infer<typeof table>;
export type SequenceBackup = z.infer<typeof sequence>;
