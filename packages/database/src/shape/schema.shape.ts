import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pg from 'pg';
import { type MigrationTarget, migrate, migrationStatus } from '../migration/migrate.ts';
import { withOwner } from '../migration/migration.session.ts';

/** What a schema lacks, or has in another form, against what its migrations make. */
export interface ShapeDifference {
  kind: 'table' | 'column' | 'index' | 'constraint' | 'policy' | 'function';
  /** `notes`, `notes.body`, `notes_place`, … */
  name: string;
  /** `unfinished`: an index that PostgreSQL calls invalid, since its building was interrupted. */
  fault: 'missing' | 'altered' | 'unfinished';
}

interface Shape {
  kind: ShapeDifference['kind'];
  name: string;
  /** Whatever tells one form from another; of an index, the statement that makes it. */
  definition: string;
  valid: boolean;
}

/**
 * Compares a schema with what its applied migrations make in an empty database, which is created for it on the same
 * server and dropped again. What the schema has beyond that is nobody's fault and not told.
 * @throws the errors of `pg`; MigrationError when the migrations do not run
 */
export async function compareShape(target: MigrationTarget): Promise<ShapeDifference[]> {
  const applied = (await migrationStatus(target)).filter(({ state }) => state === 'applied');
  if (applied.length === 0) return [];
  const [actual, expected] = [
    await readShape(target.url, target.schema),
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
 * Builds missing indexes, and unfinished ones again; drops unfinished ones that no migration made. Writers go on
 * meanwhile. What was mended already is left alone, so that it can be run again.
 * @returns their names
 */
export async function mendSchemaIndexes(target: MigrationTarget): Promise<string[]> {
  const { url, schema } = target;
  const mended = (await compareShape(target)).filter(({ kind }) => kind === 'index');
  if (mended.length === 0) return [];
  const applied = (await migrationStatus(target)).filter(({ state }) => state === 'applied');
  const expected = await expectedShape(
    target,
    applied.map(({ name }) => name),
  );
  await withOwner(url, async (client) => {
    for (const { name } of mended) {
      const full = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
      await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${full}`);
      const statement = expected.get(`index ${name}`)?.definition;
      if (statement === undefined) continue;
      await client.query(statement.replace(/^(CREATE (?:UNIQUE )?INDEX) /, '$1 CONCURRENTLY '));
    }
  });
  return mended.map(({ name }) => name);
}

async function expectedShape(
  { url, schema, folder }: MigrationTarget,
  applied: readonly string[],
): Promise<Map<string, Shape>> {
  const name = `gospelib_shape_${randomBytes(6).toString('hex')}`;
  const scratch = new URL(url);
  scratch.pathname = `/${name}`;
  // Migrations of this release that are not applied yet must not run there either.
  const some = mkdtempSync(join(tmpdir(), 'gospelib-migrations-'));
  await withOwner(url, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE template0`));
  try {
    const isApplied = (file: string) => applied.some((one) => basename(file).startsWith(`${one}.`));
    cpSync(folder, some, {
      recursive: true,
      filter: (file) => file === folder || isApplied(file),
    });
    await migrate({ url: scratch.href, schema, folder: some });
    return await readShape(scratch.href, schema);
  } finally {
    rmSync(some, { recursive: true, force: true });
    await withOwner(url, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  }
}

/** By `<kind> <name>`. */
async function readShape(url: string, schema: string): Promise<Map<string, Shape>> {
  return withOwner(url, async (client) => {
    const { rows } = await client.query<Shape>(
      `WITH tables AS (
         SELECT c.oid, c.relname, c.relrowsecurity FROM pg_class c
         JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = $1 AND c.relkind IN ('r', 'p')
       )
       SELECT 'table' AS kind, relname AS name, relrowsecurity::text AS definition, true AS valid FROM tables
       UNION ALL
       SELECT 'column', t.relname || '.' || a.attname,
         format_type(a.atttypid, a.atttypmod) || a.attnotnull::text || coalesce(pg_get_expr(d.adbin, d.adrelid), ''), true
       FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       UNION ALL
       SELECT 'index', i.relname, pg_get_indexdef(x.indexrelid), x.indisvalid
       FROM tables t JOIN pg_index x ON x.indrelid = t.oid JOIN pg_class i ON i.oid = x.indexrelid
       UNION ALL
       SELECT 'constraint', t.relname || '.' || k.conname, pg_get_constraintdef(k.oid), true
       FROM tables t JOIN pg_constraint k ON k.conrelid = t.oid
       UNION ALL
       SELECT 'policy', t.relname || '.' || p.polname, coalesce(pg_get_expr(p.polqual, p.polrelid), ''), true
       FROM tables t JOIN pg_policy p ON p.polrelid = t.oid
       UNION ALL
       SELECT 'function', p.proname || '(' || replace(pg_get_function_identity_arguments(p.oid), ' ', '_') || ')',
         pg_get_functiondef(p.oid), true
       FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = $1`,
      [schema],
    );
    return new Map(rows.map((shape) => [`${shape.kind} ${shape.name}`, shape]));
  });
}
