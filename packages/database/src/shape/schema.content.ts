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
