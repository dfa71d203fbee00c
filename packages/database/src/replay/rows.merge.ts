import pg from 'pg';
import { qualified, TEXT_FORM } from '../backup/table.digest.ts';
import type { MigrationTarget } from '../migration/migrate.ts';
import { withLock } from '../migration/migration.session.ts';
import { readSchemaShape } from '../shape/schema.shape.ts';
import type { Shapes } from '../shape/shape.types.ts';
import type { BackupRows } from './backup.rows.ts';
import { rebuildDerived } from './derived.rebuild.ts';
import { castOf, columnsOf, quoted, type RefillRules, withoutDeleted } from './rows.refill.ts';

/** What came back into tables that lost rows. */
export interface Merge {
  schema: string;
  /** ISO 8601: when the backup was taken. */
  since: string;
  /** How many rows are there again. */
  merged: { table: string; rows: number }[];
}

/**
 * Adds the rows of a backup that are not in the tables any more, in one transaction. Rows that lie there stay as they
 * are; a row whose owner is gone, or whose key or unique value another one has, is left out.
 * @param tables without the schema, what is referred to before what refers to it
 * @throws MigrationLockedError, BackupMismatchError, BackupDamagedError, the errors of `pg`; then nothing was changed
 */
export async function mergeRows(
  target: MigrationTarget,
  tables: readonly string[],
  backup: BackupRows,
  rules: RefillRules,
): Promise<Merge> {
  const { url, schema } = target;
  const { expected } = await readSchemaShape(target);
  return withLock(url, async (client) => {
    // Triggers run here as they do for the service, which finds its tables so.
    await client.query(
      `${TEXT_FORM}; BEGIN; SET LOCAL search_path TO ${pg.escapeIdentifier(schema)}`,
    );
    const merged: Merge['merged'] = [];
    for (const table of tables) {
      const name = `${schema}.${table}`;
      const stored = await backup.load(client, schema, table);
      if (stored === undefined) continue;
      const columns = columnsOf(expected, table).filter(
        ({ facts }) => facts.generated === null && stored.columns.includes(String(facts.column)),
      );
      const names = columns.map(({ facts }) => quoted(facts.column)).join(', ');
      const values = columns.map(({ facts }) => `${castOf(facts)} AS ${quoted(facts.column)}`);
      const kept = await withoutDeleted(client, name, stored.columns, rules);
      // The planner knows of a table that was emptied that it is empty, and would read all of it for every row.
      await client.query('ANALYZE pg_temp.refill');
      const { rowCount } = await client.query(
        `INSERT INTO ${qualified(schema, table)} (${names}) OVERRIDING SYSTEM VALUE
         SELECT ${names} FROM (SELECT ${values.join(', ')} FROM pg_temp.refill b${kept}) c
         WHERE ${ownersOf(expected, table)} ON CONFLICT DO NOTHING`,
      );
      await client.query(`ANALYZE ${qualified(schema, table)}`);
      merged.push({ table: name, rows: rowCount ?? 0 });
    }
    const [failed] = (await rebuildDerived(client, schema, expected)).failed;
    if (failed !== undefined) throw new Error(`${failed.says}: ${failed.reason}`);
    await client.query('COMMIT');
    return { schema, since: backup.since, merged };
  });
}

/** SQL: what the row `c` refers to is there. */
function ownersOf(shapes: Shapes, table: string): string {
  const keys = [...shapes.values()].filter(
    (one) => one.kind === 'constraint' && one.table === table && one.facts.type === 'f',
  );
  const found = keys.map(
    ({ facts }) => `EXISTS (SELECT FROM ${facts.parent} p WHERE ${facts.match})`,
  );
  return found.length === 0 ? 'true' : found.join(' AND ');
}
