import type { Client } from 'pg';

/** The cluster's first superuser, once it was relieved: it cannot sign in. */
const SUPERUSER = 'postgres';
const DRAFT = 'gospelib_owner';

/** What providers of PostgreSQL give the role that they hand out: never files or programs of the server's machine. */
const RIGHTS = 'LOGIN NOSUPERUSER CREATEDB CREATEROLE NOREPLICATION NOBYPASSRLS';
const MEMBERSHIPS = 'pg_monitor, pg_signal_backend';

/**
 * Gives everything to a role without a superuser's rights, which takes the superuser's name and password; the superuser
 * cannot sign in afterwards. Needed once for a cluster, new or of an older release. Stopped at any point, it
 * is done again by the next start, since the name passes last.
 * @param superuser a client signed in as the cluster's first superuser, on any database
 * @param onDatabase runs its work signed in as the same superuser, on the database of that name
 */
export async function relieveSuperuser(
  superuser: Client,
  name: string,
  onDatabase: (database: string, work: (client: Client) => Promise<void>) => Promise<void>,
): Promise<void> {
  const found = await superuser.query('SELECT FROM pg_roles WHERE rolname = $1', [DRAFT]);
  if (found.rowCount === 0) await superuser.query(`CREATE ROLE ${DRAFT}`);
  await superuser.query(`ALTER ROLE ${DRAFT} ${RIGHTS}`);
  await superuser.query(`GRANT ${MEMBERSHIPS} TO ${DRAFT}`);
  const databases = await superuser.query<{ name: string }>(
    'SELECT datname AS name FROM pg_database WHERE datallowconn',
  );
  for (const { name: database } of databases.rows) {
    await onDatabase(database, (client) => runAll(client, HAND_OVER));
  }
  await runAll(superuser, ROLES_AND_DATABASES);
  // The name of the role that is signed in cannot change, nor may that role be dropped: both take another for a moment.
  await superuser.query('BEGIN');
  await superuser.query('CREATE ROLE gospelib_handover SUPERUSER');
  await superuser.query('SET LOCAL SESSION AUTHORIZATION gospelib_handover');
  await superuser.query(`ALTER ROLE ${name} RENAME TO ${SUPERUSER}`);
  await superuser.query(`ALTER ROLE ${DRAFT} RENAME TO ${name}`);
  await superuser.query(
    `UPDATE pg_authid SET rolpassword = (SELECT rolpassword FROM pg_authid WHERE rolname = '${SUPERUSER}')
     WHERE rolname = '${name}'`,
  );
  await superuser.query(`ALTER ROLE ${SUPERUSER} NOLOGIN PASSWORD NULL`);
  await superuser.query('RESET SESSION AUTHORIZATION');
  await superuser.query('DROP ROLE gospelib_handover');
  await superuser.query('COMMIT');
}

/** Runs each statement that a query returns as `sql`. */
async function runAll(client: Client, query: string): Promise<void> {
  const { rows } = await client.query<{ sql: string }>(query);
  for (const { sql } of rows) await client.query(sql);
}

/** From here on objects are people's, and not the server's own. */
const FIRST_OWN_OID = 16_384;

const HAND_OVER = `
  SELECT format('ALTER SCHEMA %I OWNER TO ${DRAFT}', nspname) AS sql FROM pg_namespace
  WHERE nspowner = 10 AND oid >= ${FIRST_OWN_OID} AND nspname !~ '^pg_'
  UNION ALL
  SELECT format('ALTER %s %s OWNER TO ${DRAFT}',
    CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
    c.oid::regclass)
  FROM pg_class c WHERE c.relowner = 10 AND c.oid >= ${FIRST_OWN_OID} AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    AND c.relnamespace::regnamespace::text !~ '^pg_'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
      AND d.deptype IN ('a', 'i', 'e') AND (c.relkind = 'S' OR d.deptype = 'e'))
  UNION ALL
  SELECT format('ALTER ROUTINE %s OWNER TO ${DRAFT}', p.oid::regprocedure) FROM pg_proc p
  WHERE p.proowner = 10 AND p.oid >= ${FIRST_OWN_OID}
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  UNION ALL
  SELECT format('ALTER TYPE %s OWNER TO ${DRAFT}', t.oid::regtype) FROM pg_type t
  WHERE t.typowner = 10 AND t.oid >= ${FIRST_OWN_OID} AND t.typtype IN ('d', 'e', 'c', 'r') AND t.typrelid = 0
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')`;

/** Roles that were made by the superuser are administered by the new one from here on. */
const ROLES_AND_DATABASES = `
  SELECT format('GRANT %I TO ${DRAFT} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE', rolname) AS sql FROM pg_roles
  WHERE oid >= ${FIRST_OWN_OID} AND NOT rolsuper AND rolname <> '${DRAFT}'
  UNION ALL
  SELECT format('ALTER DATABASE %I OWNER TO ${DRAFT}', datname) FROM pg_database
  WHERE datdba = 10 AND oid >= ${FIRST_OWN_OID}`;
