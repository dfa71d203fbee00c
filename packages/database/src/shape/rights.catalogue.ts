import type pg from 'pg';
import type { Shape } from './shape.types.ts';

/**
 * Who may do what with a schema and with what is in it: rights of one role to one object (`notes study_service`; facts:
 * its privileges, true where it may pass one on), rights to future objects, and what the service's role itself is.
 * What PostgreSQL grants by default counts as granted.
 */
export async function readRights(
  client: Pick<pg.Client, 'query'>,
  schema: string,
): Promise<Shape[]> {
  const rights = await client.query<Shape>(granted, [schema]);
  const roles = await client.query<Shape>(role, [`${schema}_service`]);
  return [...rights.rows, ...roles.rows];
}

const granted = `
WITH relations AS (
  SELECT c.*, format('%I.%I', n.nspname, c.relname) AS target
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1
), objects AS (
  SELECT relname::text AS name, CASE WHEN relkind = 'S' THEN NULL ELSE relname END AS table, relowner AS owner,
    CASE relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || target AS target, '' AS columns,
    coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)) AS acl
  FROM relations WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
  UNION ALL
  SELECT relname || '.' || attname, relname, relowner, 'TABLE ' || target, format(' (%I)', attname), attacl
  FROM relations JOIN pg_attribute a ON a.attrelid = relations.oid AND attnum > 0 AND NOT attisdropped WHERE attacl IS NOT NULL
  UNION ALL
  SELECT p.proname || '(' || replace(pg_get_function_identity_arguments(p.oid), ' ', '_') || ')', NULL, p.proowner,
    format('ROUTINE %I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)), '',
    coalesce(p.proacl, acldefault('f', p.proowner))
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = $1
  UNION ALL
  SELECT 'SCHEMA', NULL, nspowner, format('SCHEMA %I', nspname), '', coalesce(nspacl, acldefault('n', nspowner))
  FROM pg_namespace WHERE nspname = $1
), rights AS (
  SELECT 'grant' AS kind, o.name, o.table, o.target, o.columns, x.privilege_type, x.is_grantable,
    CASE WHEN x.grantee = o.owner THEN 'OWNER' WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(x.grantee)::text END AS grantee
  FROM objects o CROSS JOIN aclexplode(o.acl) x
  UNION ALL
  SELECT DISTINCT 'default', kinds.name, NULL, kinds.name, '', x.privilege_type, x.is_grantable,
    CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(x.grantee)::text END
  FROM pg_default_acl a JOIN pg_namespace n ON n.oid = a.defaclnamespace JOIN pg_database d ON d.datname = current_database()
  JOIN (VALUES ('r', 'TABLES'), ('S', 'SEQUENCES'), ('f', 'ROUTINES'), ('T', 'TYPES')) AS kinds (code, name) ON kinds.code = a.defaclobjtype::text
  CROSS JOIN aclexplode(a.defaclacl) x
  WHERE n.nspname = $1 AND a.defaclrole IN (d.datdba, current_user::regrole) AND x.grantee <> a.defaclrole
)
SELECT kind, name || ' ' || grantee AS name, "table",
  string_agg(CASE grantee WHEN 'OWNER' THEN NULL ELSE grantee || ' ' || privilege_type END, ', ' ORDER BY privilege_type) AS definition,
  jsonb_object_agg(privilege_type, is_grantable)
    || jsonb_build_object('object', name, 'grantee', grantee, 'columns', columns) AS facts,
  target, NULL AS make, true AS valid
FROM rights GROUP BY kind, name, "table", target, columns, grantee`;

const role = `
SELECT 'role' AS kind, r.rolname::text AS name, NULL AS table, '' AS definition,
  jsonb_build_object('SUPERUSER', rolsuper, 'BYPASSRLS', rolbypassrls, 'CREATEROLE', rolcreaterole, 'CREATEDB', rolcreatedb,
    'REPLICATION', rolreplication, 'memberOf', (SELECT string_agg(format('%I', pg_get_userbyid(m.roleid)), ', ' ORDER BY m.roleid)
      FROM pg_auth_members m WHERE m.member = r.oid)) AS facts,
  format('%I', rolname) AS target, format('CREATE ROLE %I NOLOGIN', rolname) AS make, true AS valid
FROM pg_roles r WHERE rolname = $1`;
