import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pg from 'pg';
import { type MigrationTarget, migrate, migrationStatus } from '../migration/migrate.ts';
import { withOwner } from '../migration/migration.session.ts';
import { readShape } from './schema.catalogue.ts';
import { compareShapes } from './schema.compare.ts';
import { hasMigrationList } from './schema.content.ts';
import { headlines, type ShapeDifference } from './shape.difference.ts';
import type { Shapes } from './shape.types.ts';

/** A schema beside what its applied migrations make. */
export interface SchemaShape {
  expected: Shapes;
  actual: Shapes;
  differences: ShapeDifference[];
}

/**
 * Compares a schema with what its applied migrations make in an empty database, created on the same server and dropped
 * again.
 * @throws the errors of `pg`; MigrationError when the migrations fail
 */
export async function compareShape(target: MigrationTarget): Promise<ShapeDifference[]> {
  return (await readSchemaShape(target)).differences;
}

/**
 * As {@link compareShape}, with both shapes.
 * @param assumed the migrations that were applied, where the schema has lost its list of them
 */
export async function readSchemaShape(
  target: MigrationTarget,
  assumed: readonly string[] = [],
): Promise<SchemaShape> {
  const { url, schema } = target;
  const status = await migrationStatus(target);
  const listed = status.filter(({ state }) => state === 'applied').map(({ name }) => name);
  const names = listed.length > 0 || (await hasMigrationList(url, schema)) ? listed : [...assumed];
  if (names.length === 0) return { expected: new Map(), actual: new Map(), differences: [] };
  const { owner, actual } = await withOwner(url, async (client) => ({
    actual: await readShape(client, schema),
    owner: await readOwner(client),
  }));
  const expected = await expectedShape(target, names);
  return { expected, actual, differences: compareShapes(expected, actual, { schema, owner }) };
}

async function readOwner(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ owner: string }>(
    'SELECT datdba::regrole::text AS owner FROM pg_database WHERE datname = current_database()',
  );
  return rows[0]?.owner ?? 'CURRENT_USER';
}

/**
 * Builds missing indexes, rebuilds unfinished ones, and drops unfinished ones that no migration makes. Writers go on
 * meanwhile. Safe to run again: indexes repaired before are left alone.
 * @returns the names of the repaired indexes
 */
export async function repairSchemaIndexes(target: MigrationTarget): Promise<string[]> {
  const { url, schema } = target;
  const { expected, differences } = await readSchemaShape(target);
  const damaged = headlines(differences).filter(({ kind }) => kind === 'index');
  if (damaged.length === 0) return [];
  await withOwner(url, async (client) => {
    for (const { name } of damaged) {
      const full = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
      await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${full}`);
      const statement = expected.get(`index ${name}`)?.definition;
      if (statement === undefined) continue;
      await client.query(statement.replace(/^(CREATE (?:UNIQUE )?INDEX) /, '$1 CONCURRENTLY '));
    }
  });
  return damaged.map(({ name }) => name);
}

async function expectedShape(
  { url, schema, folder }: MigrationTarget,
  applied: readonly string[],
): Promise<Shapes> {
  const name = `gospelib_shape_${randomBytes(6).toString('hex')}`;
  const scratch = new URL(url);
  scratch.pathname = `/${name}`;
  // Only applied migrations: pending ones of this release must not run there.
  const appliedFolder = mkdtempSync(join(tmpdir(), 'gospelib-migrations-'));
  await withOwner(url, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE template0`));
  try {
    const isApplied = (file: string) => applied.some((one) => basename(file).startsWith(`${one}.`));
    cpSync(folder, appliedFolder, {
      recursive: true,
      filter: (file) => file === folder || isApplied(file),
    });
    await migrate({ url: scratch.href, schema, folder: appliedFolder });
    return await shapeAt(scratch.href, schema);
  } finally {
    rmSync(appliedFolder, { recursive: true, force: true });
    await withOwner(url, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  }
}

function shapeAt(url: string, schema: string): Promise<Shapes> {
  return withOwner(url, (client) => readShape(client, schema));
}
