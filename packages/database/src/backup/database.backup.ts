import { pipeline, type Readable } from 'node:stream';
import { constants, createZstdCompress } from 'node:zlib';
import type { BackupDraft, BackupManifest, BackupStore } from '@gospelib/backup';
import pg from 'pg';
import { readApplied, type SchemaSource } from '../migration/migrate.ts';
import { readMigrations } from '../migration/migration.files.ts';
import { withSharedLock } from '../migration/migration.session.ts';
import { readShape } from '../shape/schema.catalogue.ts';
import type { DatabaseBackupContent, SchemaBackup, TableBackup } from './backup.content.ts';
import { BackupMismatchError } from './backup.error.ts';
import { verifyDatabaseBackup } from './backup.verify.ts';
import type { ScratchDatabase } from './database.load.ts';
import { readSequences, readTables } from './schema.tables.ts';
import { definitionsOf } from './structure.check.ts';
import { digestTable, qualified, TEXT_FORM } from './table.digest.ts';

/** What is backed up: the owner's address, and the schemas with their migrations. */
export interface DatabaseSource {
  url: string;
  schemas: readonly SchemaSource[];
}

export interface BackupOptions {
  /** The server into which the backup is restored to verify it. */
  scratch: ScratchDatabase;
  onStep?: (step: string) => void;
}

/**
 * Takes a backup, then restores it into a scratch server and compares. A backup that fails the comparison is kept, but
 * stays unverified.
 * @throws BackupMismatchError when the restored data differs, and what `takeDatabaseBackup` throws
 */
export async function backupDatabase(
  source: DatabaseSource,
  backups: BackupStore,
  { scratch, onStep }: BackupOptions,
): Promise<BackupManifest> {
  const manifest = await takeDatabaseBackup(source, backups, onStep);
  onStep?.('restoring it into a scratch server to verify it');
  const { schemas } = source;
  return verifyDatabaseBackup(backups, manifest, { schemas, scratch, ...(onStep && { onStep }) });
}

/**
 * Writes a consistent snapshot while others go on writing. The backup is unverified.
 * Migrations wait meanwhile: a table rewritten by one looks empty to an older snapshot.
 * @throws BackupMismatchError when a migration is applied that this release does not have; MigrationLockedError, the
 * errors of `pg`
 */
export async function takeDatabaseBackup(
  source: DatabaseSource,
  backups: BackupStore,
  onStep?: BackupOptions['onStep'],
): Promise<BackupManifest> {
  const start = performance.now();
  const draft = await backups.create('database');
  try {
    const { content, engine } = await withSharedLock(source.url, (client) =>
      readSnapshot(client, source.schemas, draft, onStep),
    );
    const seconds = (performance.now() - start) / 1000;
    return await draft.finish({ engine, content, seconds });
  } catch (error) {
    await draft.discard();
    throw error;
  }
}

async function readSnapshot(
  client: pg.Client,
  schemas: readonly SchemaSource[],
  draft: BackupDraft,
  onStep: BackupOptions['onStep'],
): Promise<{ content: DatabaseBackupContent; engine: BackupManifest['engine'] }> {
  await client.query(TEXT_FORM);
  // Readers come first: by itself PostgreSQL would put a large table's checksum on every core.
  await client.query('SET max_parallel_workers_per_gather = 0');
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const { rows } = await client.query<{ at: Date; version: string }>(
    "SELECT now() AS at, current_setting('server_version') AS version",
  );
  const [now] = rows;
  if (now === undefined) throw new Error('PostgreSQL returned no row for its time and version.');
  const found: SchemaBackup[] = [];
  for (const source of schemas) found.push(await readSchema(client, source, draft, onStep));
  await client.query('COMMIT');
  const tables = found.flatMap((schema) => schema.tables);
  return {
    engine: { name: 'postgresql', version: now.version.split(' ')[0] ?? now.version },
    content: {
      format: 1,
      snapshotAt: now.at.toISOString(),
      schemas: found,
      rows: tables.reduce((sum, { table, rows }) => sum + (table === 'migrations' ? 0 : rows), 0),
    },
  };
}

async function readSchema(
  client: pg.Client,
  { schema, folder }: SchemaSource,
  draft: BackupDraft,
  onStep: BackupOptions['onStep'],
): Promise<SchemaBackup> {
  const shapes = await readTables(client, schema);
  const migrations = await appliedMigrations(client, schema, folder);
  const shape = definitionsOf(await readShape(client, schema));
  const tables: TableBackup[] = [];
  for (const { table, columns } of shapes) {
    const file = `${schema}.${table}.copy.zst`;
    const digest = await digestTable(client, schema, table, columns);
    onStep?.(`${schema}.${table}: ${digest.rows} rows`);
    await draft.write(file, await copyOut(client, schema, table, columns));
    tables.push({ table, file, columns, ...digest });
  }
  // After the rows: sequences are outside the snapshot, and must not be behind the values that the rows use.
  return { schema, migrations, shape, tables, sequences: await readSequences(client, schema) };
}

async function appliedMigrations(
  client: pg.Client,
  schema: string,
  folder: string,
): Promise<SchemaBackup['migrations']> {
  const known = readMigrations(folder);
  return (await readApplied(client, schema)).map((name) => {
    const migration = known.find((one) => one.name === name);
    if (migration === undefined) {
      throw new BackupMismatchError(
        `Migration ${name} of ${schema} is applied but not part of this release: take the backup with the release that brought it.`,
      );
    }
    const { up, down } = migration;
    return { name, up, ...(down !== undefined && { down }) };
  });
}

async function copyOut(
  client: pg.Client,
  schema: string,
  table: string,
  columns: readonly string[],
): Promise<Readable> {
  const { to } = await import('pg-copy-streams');
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const lines = client.query(to(`COPY ${qualified(schema, table)} (${list}) TO STDOUT`));
  const packed = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } });
  // An error on either side reaches the reader of `packed`.
  pipeline(lines, packed, () => undefined);
  return packed;
}
