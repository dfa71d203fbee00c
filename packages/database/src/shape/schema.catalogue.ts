import type pg from 'pg';

/** The kinds of object in a schema. */
export type ShapeKind =
  | 'table'
  | 'column'
  | 'index'
  | 'constraint'
  | 'policy'
  | 'trigger'
  | 'function'
  | 'view'
  | 'type'
  | 'sequence'
  | 'grants';

/** One object in a schema. */
export interface Shape {
  kind: ShapeKind;
  /** `notes`, `notes.body`, `notes_place`, … */
  name: string;
  /** Differs when the object differs; of an index, the statement that creates it. */
  definition: string;
  /** False for an index whose build was interrupted. */
  valid: boolean;
}

/**
 * Everything in a schema as the catalogue describes it, by `<kind> <name>`.
 * NOT NULL is part of its column: PostgreSQL lists it as a constraint only from version 18 on. Grants to the owner are
 * left out, since the owner's name differs from server to server.
 */
export async function readShape(
  client: Pick<pg.Client, 'query'>,
  schema: string,
): Promise<Map<string, Shape>> {
  const { rows } = await client.query<Shape>(
    `WITH relations AS (
       SELECT c.* FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1
     ), tables AS (
       SELECT * FROM relations WHERE relkind IN ('r', 'p', 'f')
     ), functions AS (
       SELECT p.*, p.proname || '(' || replace(pg_get_function_identity_arguments(p.oid), ' ', '_') || ')' AS signature
       FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = $1
     ), rights AS (
       SELECT relname::text AS name, relowner AS owner, relacl AS acl FROM relations WHERE relkind <> 'i'
       UNION ALL SELECT signature, proowner, coalesce(proacl, acldefault('f', proowner)) FROM functions
       UNION ALL SELECT 'SCHEMA', nspowner, nspacl FROM pg_namespace WHERE nspname = $1
     )
     SELECT 'table' AS kind, relname AS name, relrowsecurity::text || relforcerowsecurity::text AS definition, true AS valid FROM tables
     UNION ALL
     SELECT 'column', t.relname || '.' || a.attname,
       format_type(a.atttypid, a.atttypmod) || a.attnotnull::text || a.attgenerated::text || a.attidentity::text
         || coalesce(pg_get_expr(d.adbin, d.adrelid), ''), true
     FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     UNION ALL
     SELECT 'index', i.relname, pg_get_indexdef(x.indexrelid), x.indisvalid
     FROM tables t JOIN pg_index x ON x.indrelid = t.oid JOIN pg_class i ON i.oid = x.indexrelid
     UNION ALL
     SELECT 'constraint', t.relname || '.' || k.conname, pg_get_constraintdef(k.oid), true
     FROM tables t JOIN pg_constraint k ON k.conrelid = t.oid WHERE k.contype <> 'n'
     UNION ALL
     SELECT 'policy', t.relname || '.' || p.polname,
       p.polcmd::text || p.polpermissive::text || coalesce(pg_get_expr(p.polqual, p.polrelid), '')
         || ' / ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''), true
     FROM tables t JOIN pg_policy p ON p.polrelid = t.oid
     UNION ALL
     SELECT 'trigger', t.relname || '.' || g.tgname, g.tgenabled::text || pg_get_triggerdef(g.oid), true
     FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid WHERE NOT g.tgisinternal
     UNION ALL
     SELECT 'function', signature, pg_get_functiondef(oid), true FROM functions WHERE prokind <> 'a'
     UNION ALL
     SELECT 'view', relname, pg_get_viewdef(oid), true FROM relations WHERE relkind IN ('v', 'm')
     UNION ALL
     SELECT 'sequence', r.relname, format_type(s.seqtypid, NULL) || s.seqincrement || s.seqcycle::text, true
     FROM relations r JOIN pg_sequence s ON s.seqrelid = r.oid
     UNION ALL
     SELECT 'type', t.typname, t.typtype::text || coalesce(
       (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid), ''), true
     FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
     WHERE n.nspname = $1 AND t.typtype IN ('e', 'd', 'r')
     UNION ALL
     SELECT 'grants', name, string_agg(coalesce(r.rolname, 'PUBLIC') || ' ' || x.privilege_type, ', '
       ORDER BY r.rolname, x.privilege_type), true
     FROM rights CROSS JOIN aclexplode(acl) x LEFT JOIN pg_roles r ON r.oid = x.grantee
     WHERE x.grantee <> owner GROUP BY name`,
    [schema],
  );
  return new Map(rows.map((shape) => [`${shape.kind} ${shape.name}`, shape]));
}
