import pg from 'pg';
import { withOwner } from '../migration/migration.session.ts';
import { RestoreRefusedError } from './backup.error.ts';
import { databaseOf } from './database.names.ts';

/** Makes an empty database with the encoding and the collation of the live one, where there is one. */
export async function createBeside(
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
 * A database is exchanged as a whole: what others keep in it would be gone from there.
 * @param ours the schemas that come back
 * @throws RestoreRefusedError
 */
export async function assertExchangeable(
  maintenance: pg.Client,
  url: string,
  ours: readonly string[],
): Promise<void> {
  const live = databaseOf(url);
  const instead = 'Restore beside it (--into NAME), and point the services there.';
  if (live === 'postgres') {
    throw new RestoreRefusedError(
      `The database postgres is the one from which others are exchanged; nothing was changed. ${instead}`,
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
    `The database ${live} also holds what the backup does not (schema ${names}), and would be exchanged as a whole; nothing was changed. ${instead}`,
  );
}
