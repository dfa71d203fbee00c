import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import type { StoredBackup } from '@gospelib/backup';
import pg from 'pg';
import { migrate, type SchemaSource } from '../migration/migrate.ts';
import { withOwner } from '../migration/migration.session.ts';
import { readShape } from '../shape/schema.catalogue.ts';
import { contentOf, type SchemaBackup, type TableBackup } from './backup.content.ts';
import { BackupMismatchError } from './backup.error.ts';
import {
  assertHarmless,
  type ChosenMigrations,
  chooseMigrations,
  readRights,
} from './backup.migrations.ts';
import { assertUnchanged, compareStructure, definitionsOf } from './structure.check.ts';
import { withoutConstraints } from './table.constraints.ts';
import { digestTable, qualified, TEXT_FORM } from './table.digest.ts';

/** Starts an empty PostgreSQL server; `stop` removes it with its data. */
export type ScratchDatabase = () => Promise<{ url: string; stop(): Promise<void> }>;

export interface LoadOptions {
  /** The release's own schemas: where it knows a migration of the backup, its own SQL is run. */
  schemas: readonly SchemaSource[];
  /** Passwords for the services' roles, by schema; without one a role keeps its password. */
  passwords?: Readonly<Record<string, string>>;
  onStep?: (step: string) => void;
}

/**
 * Fills an empty database from a backup: tables by its migrations, rows by COPY. Then counts and compares every table.
 * @throws RestoreRefusedError, BackupMismatchError, BackupDamagedError, MigrationError, the errors of `pg`
 */
export async function loadBackup(
  url: string,
  backup: StoredBackup,
  options: LoadOptions,
): Promise<void> {
  const content = contentOf(backup.manifest);
  for (const schema of content.schemas) {
    const chosen = chooseMigrations(schema, backup, options.schemas);
    for (const note of chosen.notes) options.onStep?.(note);
    await makeTables(url, schema.schema, chosen, options.passwords?.[schema.schema]);
    await withOwner(url, async (client) => {
      await client.query(TEXT_FORM);
      const made = definitionsOf(await readShape(client, schema.schema));
      for (const note of compareStructure(schema, made)) options.onStep?.(note);
      await client.query('BEGIN');
      await fill(client, schema, backup, options.onStep);
      assertUnchanged(schema.schema, made, definitionsOf(await readShape(client, schema.schema)));
      await client.query('COMMIT');
      // Without statistics the first queries would get bad plans.
      await client.query('ANALYZE');
    });
  }
}

/** Runs the migrations, which also make the service's role and its rights. */
async function makeTables(
  url: string,
  schema: string,
  chosen: ChosenMigrations,
  password: string | undefined,
): Promise<void> {
  assertHarmless(await withOwner(url, readRights), chosen);
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-restore-'));
  try {
    for (const { name, up, down } of chosen.migrations) {
      writeFileSync(join(folder, `${name}.up.sql`), up);
      if (down !== undefined) writeFileSync(join(folder, `${name}.down.sql`), down);
    }
    await migrate({ url, schema, folder, role: password === undefined ? {} : { password } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(
  client: pg.Client,
  { schema, tables, sequences }: SchemaBackup,
  backup: StoredBackup,
  onStep: LoadOptions['onStep'],
): Promise<void> {
  const names = tables.map(({ table }) => qualified(schema, table));
  if (names.length > 0) await client.query(`TRUNCATE ${names.join(', ')}`);
  await withoutConstraints(client, schema, async () => {
    for (const table of tables) {
      onStep?.(`${schema}.${table.table}: ${table.rows} rows`);
      await copyIn(client, schema, table, backup);
    }
  });
  for (const { sequence, lastValue, isCalled } of sequences) {
    await client.query('SELECT setval($1::regclass, $2, $3)', [
      qualified(schema, sequence),
      lastValue,
      isCalled,
    ]);
  }
  for (const table of tables) await compareRows(client, schema, table);
}

async function copyIn(
  client: pg.Client,
  schema: string,
  { table, columns, file }: TableBackup,
  backup: StoredBackup,
): Promise<void> {
  const { from } = await import('pg-copy-streams');
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const stored = await backup.read(file);
  const lines = client.query(from(`COPY ${qualified(schema, table)} (${list}) FROM STDIN`));
  await pipeline(stored, createZstdDecompress(), lines);
}

async function compareRows(client: pg.Client, schema: string, table: TableBackup): Promise<void> {
  const { rows, checksum } = await digestTable(client, schema, table.table, table.columns);
  if (checksum === table.checksum) return;
  const difference =
    rows === table.rows
      ? `${rows} rows as expected, but with other content`
      : `${rows} rows instead of ${table.rows}`;
  throw new BackupMismatchError(`${schema}.${table.table} came back with ${difference}.`);
}
