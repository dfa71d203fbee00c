import pg from 'pg';
import { withOwner } from '../migration/migration.session.ts';
import { RestoreRefusedError } from './backup.error.ts';
import { databaseOf } from './database.names.ts';

/** Creates an empty database to restore into, with the encoding and collation of the live one if that exists. */
export async function createStaging(
  maintenance: pg.Client,
  live: string,
  name: string,
): Promise<void> {
  // Before PostgreSQL 17 the locale's column had another name.
  const { rows } = await maintenance.query<{ form: string }>(
    `SELECT format('ENCODING %L LC_COLLATE %L LC_CTYPE %L', pg_encoding_to_char(encoding), datcollate, datctype)
       || CASE datlocprovider
         WHEN 'i' THEN format(' LOCALE_PROVIDER icu ICU_LOCALE %L', locale)
         WHEN 'b' THEN format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L', locale)
         ELSE ' LOCALE_PROVIDER libc' END AS form
     FROM (SELECT d.*, coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') AS locale
       FROM pg_database d WHERE datname = $1) AS live`,
    [live],
  );
  await maintenance.query(
    `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE template0 ${rows[0]?.form ?? ''}`,
  );
}

/**
 * A restore replaces the whole database, so any schema that the backup lacks would disappear from it.
 * @param ours the schemas that the restore brings back
 * @throws RestoreRefusedError when there is such a schema, or the database is the maintenance one
 */
export async function assertExchangeable(
  maintenance: pg.Client,
  url: string,
  ours: readonly string[],
): Promise<void> {
  const live = databaseOf(url);
  const instead = 'Restore into another database (--into NAME) and point the services at it.';
  if (live === 'postgres') {
    throw new RestoreRefusedError(
      `The database postgres is needed to swap other databases and cannot be swapped itself; nothing was changed. ${instead}`,
    );
  }
  const found = await maintenance.query('SELECT FROM pg_database WHERE datname = $1', [live]);
  if (found.rowCount === 0) return;
  const others = await withOwner(url, (client) =>
    client.query<{ schema: string }>(
      `SELECT DISTINCT n.nspname AS schema FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND n.nspname <> ALL($1)
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY 1`,
      [ours],
    ),
  );
  if (others.rows.length === 0) return;
  const names = others.rows.map(({ schema }) => schema).join(', ');
  throw new RestoreRefusedError(
    `The database ${live} also holds data that is not in the backup (schema ${names}), and a restore replaces the whole database; nothing was changed. ${instead}`,
  );
}
