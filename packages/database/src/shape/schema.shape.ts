import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pg from 'pg';
import { type MigrationTarget, migrate, migrationStatus } from '../migration/migrate.ts';
import { withOwner } from '../migration/migration.session.ts';
import { readShape, type Shape, type ShapeKind } from './schema.catalogue.ts';

/** A difference between a schema and what its migrations make. */
export interface ShapeDifference {
  kind: ShapeKind;
  /** `notes`, `notes.body`, `notes_place`, … */
  name: string;
  /** `unfinished`: an index that PostgreSQL marks invalid, because its build was interrupted. */
  fault: 'missing' | 'altered' | 'unfinished';
}

/**
 * Compares a schema with what its applied migrations make in an empty database, created on the same server and dropped
 * again. Extra objects in the schema are no difference.
 * @throws the errors of `pg`; MigrationError when the migrations fail
 */
export async function compareShape(target: MigrationTarget): Promise<ShapeDifference[]> {
  const applied = (await migrationStatus(target)).filter(({ state }) => state === 'applied');
  if (applied.length === 0) return [];
  const [actual, expected] = [
    await shapeAt(target.url, target.schema),
    await expectedShape(
      target,
      applied.map(({ name }) => name),
    ),
  ];
  return compare(expected, actual);
}

function compare(
  expected: ReadonlyMap<string, Shape>,
  actual: ReadonlyMap<string, Shape>,
): ShapeDifference[] {
  const differences: ShapeDifference[] = [];
  for (const [key, { kind, name, definition }] of expected) {
    const found = actual.get(key);
    if (found === undefined) differences.push({ kind, name, fault: 'missing' });
    else if (found.definition !== definition) differences.push({ kind, name, fault: 'altered' });
  }
  for (const { kind, name, valid } of actual.values()) {
    if (!valid) differences.push({ kind, name, fault: 'unfinished' });
  }
  return differences;
}

/**
 * Builds missing indexes, rebuilds unfinished ones, and drops unfinished ones that no migration makes. Writers go on
 * meanwhile. Safe to run again: indexes repaired before are left alone.
 * @returns the names of the repaired indexes
 */
export async function repairSchemaIndexes(target: MigrationTarget): Promise<string[]> {
  const { url, schema } = target;
  const damaged = (await compareShape(target)).filter(({ kind }) => kind === 'index');
  if (damaged.length === 0) return [];
  const applied = (await migrationStatus(target)).filter(({ state }) => state === 'applied');
  const expected = await expectedShape(
    target,
    applied.map(({ name }) => name),
  );
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
): Promise<Map<string, Shape>> {
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

function shapeAt(url: string, schema: string): Promise<Map<string, Shape>> {
  return withOwner(url, (client) => readShape(client, schema));
}
