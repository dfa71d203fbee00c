import { z } from 'zod';

/** A name that can be a file's, too: what our migrations use. */
const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);

const table = z.object({
  table: name,
  /** In the backup, compressed with zstd: lines of COPY's text format, the columns in this order. */
  file: z.string(),
  /** Generated ones are left out: they follow from the others. */
  columns: z.array(z.string()).min(1),
  rows: z.number().int().nonnegative(),
  /** The same for the same rows in whatever order, see `table.digest.ts`. */
  checksum: z.string(),
});

const sequence = z.object({
  sequence: name,
  /** As text: it may be larger than a number is exact. */
  lastValue: z.string().regex(/^-?\d+$/),
  isCalled: z.boolean(),
});

const schema = z.object({
  schema: name,
  /** What makes its tables: carried along, so that a backup needs no release to be restored. */
  migrations: z.array(z.object({ name: z.string(), up: z.string(), down: z.string().optional() })),
  /** Everything in it but rows, by `<kind> <name>`, as the catalogue described it: tables, policies, rights, … */
  shape: z.record(z.string(), z.string()),
  tables: z.array(table),
  sequences: z.array(sequence),
});

/** `content` in the manifest of a backup of kind `database`. */
export const databaseBackupContent = z.object({
  format: z.literal(1),
  /** ISO 8601: what was committed by then is in it, and nothing later. */
  snapshotAt: z.iso.datetime(),
  schemas: z.array(schema).min(1),
  /** Of all tables together, the lists of migrations not counted. */
  rows: z.number().int().nonnegative(),
});

export type DatabaseBackupContent = z.infer<typeof databaseBackupContent>;
export type SchemaBackup = z.infer<typeof schema>;
export type TableBackup = z.infer<typeof table>;
export type SequenceBackup = z.infer<typeof sequence>;
