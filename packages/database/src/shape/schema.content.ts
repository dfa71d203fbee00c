import pg from 'pg';
import { withOwner } from '../migration/migration.session.ts';

/** Whether a schema has a list of its applied migrations, be it an empty one. @throws the errors of `pg` */
export function hasMigrationList(url: string, schema: string): Promise<boolean> {
  return withOwner(url, async (client) => {
    const list = `${pg.escapeIdentifier(schema)}.migrations`;
    const { rows } = await client.query('SELECT to_regclass($1) IS NOT NULL AS there', [list]);
    return rows[0]?.there === true;
  });
}

/**
 * Whether any table of a schema has a row, its `migrations` table aside.
 * @param table only look at this one
 * @throws the errors of `pg`
 */
export function hasRows(url: string, schema: string, table?: string): Promise<boolean> {
  return withOwner(url, async (client) => {
    const tables = await client.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables
       WHERE schemaname = $1 AND tablename <> 'migrations' AND ($2::text IS NULL OR tablename = $2)`,
      [schema, table],
    );
    for (const { name } of tables.rows) {
      const full = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
      const { rowCount } = await client.query(`SELECT FROM ${full} LIMIT 1`);
      if (rowCount !== 0) return true;
    }
    return false;
  });
}

/** The rows of those tables of a schema that are there, by table. @throws the errors of `pg` */
export function countRows(
  url: string,
  schema: string,
  tables: readonly string[],
): Promise<Record<string, number>> {
  return withOwner(url, async (client) => {
    await client.query('SET row_security = off');
    const counts: Record<string, number> = {};
    for (const table of tables) {
      const full = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
      const found = await client.query('SELECT to_regclass($1) IS NOT NULL AS there', [full]);
      if (found.rows[0]?.there !== true) continue;
      const { rows } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${full}`);
      counts[table] = Number(rows[0]?.n);
    }
    return counts;
  });
}
