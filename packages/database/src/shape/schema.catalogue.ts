import type pg from 'pg';
import { readRights } from './rights.catalogue.ts';
import type { Shape } from './shape.types.ts';

/**
 * Everything in a schema as the catalogue describes it.
 * NOT NULL is part of its column: PostgreSQL lists it as a constraint only from version 18 on. The owner of the database,
 * and the role that asks, are called OWNER: their names differ from server to server.
 */
export async function readShape(
  client: Pick<pg.Client, 'query'>,
  schema: string,
): Promise<Map<string, Shape>> {
  const { rows } = await client.query<Shape>(objects, [schema]);
  const shapes = [...rows, ...(await readRights(client, schema))];
  return new Map(shapes.map((shape) => [`${shape.kind} ${shape.name}`, shape]));
}

const objects = `
WITH relations AS (
  SELECT c.*, format('%I.%I', n.nspname, c.relname) AS target,
    CASE WHEN c.relowner IN (d.datdba, current_user::regrole) THEN 'OWNER' ELSE pg_get_userbyid(c.relowner)::text END AS owner
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_database d ON d.datname = current_database()
  WHERE n.nspname = $1
), tables AS (
  SELECT * FROM relations WHERE relkind IN ('r', 'p', 'f')
), functions AS (
  SELECT p.*, p.proname || '(' || replace(pg_get_function_identity_arguments(p.oid), ' ', '_') || ')' AS signature,
    format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) AS target,
    CASE WHEN p.proowner IN (d.datdba, current_user::regrole) THEN 'OWNER' ELSE pg_get_userbyid(p.proowner)::text END AS owner
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_database d ON d.datname = current_database()
  WHERE n.nspname = $1
), columns AS (
  SELECT t.relname, t.target, a.*, pg_get_expr(d.adbin, d.adrelid) AS expression,
    format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attcollation <> y.typcollation
      THEN (SELECT format(' COLLATE %I.%I', n.nspname, k.collname) FROM pg_collation k
        JOIN pg_namespace n ON n.oid = k.collnamespace WHERE k.oid = a.attcollation) ELSE '' END AS type
  FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type y ON y.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
), described AS (
  SELECT *, format('%I %s', attname, type) || CASE
      WHEN attgenerated <> '' THEN format(' GENERATED ALWAYS AS (%s)%s', expression, CASE attgenerated WHEN 's' THEN ' STORED' ELSE '' END)
      WHEN attidentity <> '' THEN format(' GENERATED %s AS IDENTITY', CASE attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END)
      WHEN expression IS NOT NULL THEN format(' DEFAULT %s', expression) ELSE '' END AS described
  FROM columns
)
SELECT 'schema' AS kind, n.nspname::text AS name, NULL AS table, '' AS definition,
  jsonb_build_object('owner', CASE WHEN n.nspowner IN (d.datdba, current_user::regrole) THEN 'OWNER' ELSE pg_get_userbyid(n.nspowner)::text END) AS facts,
  format('%I', n.nspname) AS target, format('CREATE SCHEMA %I', n.nspname) AS make, true AS valid
FROM pg_namespace n JOIN pg_database d ON d.datname = current_database() WHERE n.nspname = $1
UNION ALL
SELECT 'table', relname, relname, relrowsecurity::text || relforcerowsecurity::text,
  jsonb_build_object('rowSecurity', relrowsecurity, 'forced', relforcerowsecurity, 'logged', relpersistence = 'p', 'owner', owner),
  target, format('CREATE TABLE %s (%s)', target, (SELECT string_agg(d.described || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END, ', ' ORDER BY attnum)
    FROM described d WHERE d.attrelid = tables.oid)), true
FROM tables
UNION ALL
SELECT 'column', relname || '.' || attname, relname,
  format_type(atttypid, atttypmod) || attnotnull::text || attgenerated::text || attidentity::text || coalesce(expression, ''),
  jsonb_build_object('column', attname, 'type', type, 'notNull', attnotnull, 'expression', expression,
    'generated', nullif(attgenerated::text, ''), 'identity', nullif(attidentity::text, '')),
  target, format('ALTER TABLE %s ADD COLUMN %s', target, described), true
FROM described
UNION ALL
SELECT 'index', i.relname, t.relname, pg_get_indexdef(x.indexrelid),
  jsonb_build_object('ofConstraint', EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u', 'x'))),
  t.target, pg_get_indexdef(x.indexrelid), x.indisvalid
FROM tables t JOIN pg_index x ON x.indrelid = t.oid JOIN pg_class i ON i.oid = x.indexrelid
UNION ALL
SELECT 'constraint', t.relname || '.' || k.conname, t.relname, pg_get_constraintdef(k.oid),
  jsonb_build_object('constraint', quote_ident(k.conname), 'type', k.contype, 'definition', replace(pg_get_constraintdef(k.oid), ' NOT VALID', ''),
    'validated', k.convalidated, 'cascades', k.confdeltype = 'c',
    'columns', (SELECT json_agg(a.attname ORDER BY o.n)::text FROM unnest(k.conkey) WITH ORDINALITY o (num, n)
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.num),
    'parent', (SELECT format('%I.%I', n.nspname, p.relname) FROM pg_class p JOIN pg_namespace n ON n.oid = p.relnamespace WHERE p.oid = k.confrelid),
    'match', (SELECT string_agg(format('(c.%I = p.%I OR c.%I IS NULL)', ca.attname, pa.attname, ca.attname), ' AND ')
      FROM unnest(k.conkey, k.confkey) AS pair (child, parent)
      JOIN pg_attribute ca ON ca.attrelid = k.conrelid AND ca.attnum = pair.child
      JOIN pg_attribute pa ON pa.attrelid = k.confrelid AND pa.attnum = pair.parent)),
  t.target, format('ALTER TABLE %s ADD CONSTRAINT %I %s', t.target, k.conname, pg_get_constraintdef(k.oid)), true
FROM tables t JOIN pg_constraint k ON k.conrelid = t.oid WHERE k.contype <> 'n'
UNION ALL
SELECT 'policy', t.relname || '.' || p.polname, t.relname,
  p.polcmd::text || p.polpermissive::text || coalesce(pg_get_expr(p.polqual, p.polrelid), '')
    || ' / ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''),
  jsonb_build_object('policy', quote_ident(p.polname), 'definition', concat_ws(' / ', v.permissive, v.cmd, v.roles, v.qual, v.with_check)),
  t.target, format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', p.polname, t.target, v.permissive, v.cmd,
    (SELECT string_agg(CASE role WHEN 'public' THEN 'PUBLIC' ELSE quote_ident(role) END, ', ') FROM unnest(v.roles) role),
    ' USING (' || v.qual || ')', ' WITH CHECK (' || v.with_check || ')'), true
FROM tables t JOIN pg_policy p ON p.polrelid = t.oid
JOIN pg_policies v ON v.schemaname = $1 AND v.tablename = t.relname AND v.policyname = p.polname
UNION ALL
SELECT 'trigger', t.relname || '.' || g.tgname, t.relname, g.tgenabled::text || pg_get_triggerdef(g.oid),
  jsonb_build_object('trigger', quote_ident(g.tgname), 'enabled', g.tgenabled::text, 'definition', pg_get_triggerdef(g.oid)),
  t.target, pg_get_triggerdef(g.oid), true
FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid WHERE NOT g.tgisinternal
UNION ALL
SELECT 'rule', t.relname || '.' || r.rulename, t.relname, pg_get_ruledef(r.oid),
  jsonb_build_object('rule', quote_ident(r.rulename), 'definition', pg_get_ruledef(r.oid)), t.target, pg_get_ruledef(r.oid), true
FROM tables t JOIN pg_rewrite r ON r.ev_class = t.oid
UNION ALL
SELECT 'function', signature, NULL, pg_get_functiondef(oid), jsonb_build_object('definition', pg_get_functiondef(oid), 'owner', owner),
  target, pg_get_functiondef(oid), true
FROM functions WHERE prokind <> 'a'
UNION ALL
SELECT 'view', relname, NULL, pg_get_viewdef(oid), jsonb_build_object('definition', pg_get_viewdef(oid), 'owner', owner),
  target, CASE relkind WHEN 'v' THEN format('CREATE OR REPLACE VIEW %s AS %s', target, pg_get_viewdef(oid))
    ELSE format('CREATE MATERIALIZED VIEW %s AS %s', target, pg_get_viewdef(oid)) END, true
FROM relations WHERE relkind IN ('v', 'm')
UNION ALL
SELECT 'sequence', r.relname, NULL, format_type(s.seqtypid, NULL) || s.seqincrement || s.seqcycle::text,
  jsonb_build_object('definition', concat_ws(' ', format_type(s.seqtypid, NULL), 'INCREMENT', s.seqincrement, CASE WHEN s.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END),
    'alter', format('ALTER SEQUENCE %s AS %s INCREMENT %s %s', r.target, format_type(s.seqtypid, NULL), s.seqincrement, CASE WHEN s.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END)),
  r.target, CASE WHEN EXISTS (SELECT FROM pg_depend d WHERE d.objid = r.oid AND d.deptype = 'i') THEN NULL
    ELSE format('CREATE SEQUENCE %s AS %s INCREMENT %s', r.target, format_type(s.seqtypid, NULL), s.seqincrement) END, true
FROM relations r JOIN pg_sequence s ON s.seqrelid = r.oid
UNION ALL
SELECT 'type', t.typname, NULL, labels, jsonb_build_object('definition', labels), format('%I.%I', n.nspname, t.typname), NULL, true
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
CROSS JOIN LATERAL (SELECT t.typtype::text || coalesce(
  (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid), '') AS labels) AS l
WHERE n.nspname = $1 AND t.typtype IN ('e', 'd', 'r')`;
