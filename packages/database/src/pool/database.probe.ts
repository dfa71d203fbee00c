import { isStoreUnavailable, sqlStateOf } from './database.error.ts';
import { connectDatabase, type Database, type DatabaseOptions } from './database.ts';

export type Right = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

/** What a service needs of its schema. */
export interface DatabaseNeeds {
  /** The newest migration that the release needs; later ones may be applied, too. */
  migration: string;
  /** The rights of its role, by table; a test compares them with what the migrations grant. */
  tables: Readonly<Record<string, readonly Right[]>>;
  /** The functions that its role calls, as `name(type, type)`. */
  functions: readonly string[];
}

/** The store cannot be worked with; `reason` tells the operator why, without any secret. */
class DatabaseUnreadyError extends Error {
  override readonly name = 'DatabaseUnreadyError';
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}

/** Each rejects with DatabaseUnreadyError, SchemaMissingError or an error of `pg`. */
export interface DatabaseProbe {
  /** Reads once and writes once: a commit goes through the log of the store and changes no row. */
  answers(): Promise<void>;
  hasSchema(): Promise<void>;
  hasRights(): Promise<void>;
  close(): Promise<void>;
}

/** Age at which the connection is replaced, so that a changed password is noticed while older connections work, s. */
const connectionLifetime = 10;

/**
 * Proves with the role of a service that it can work, over one connection of its own: a service whose connections are
 * all in use is busy, not broken.
 */
export function openDatabaseProbe(options: DatabaseOptions, needs: DatabaseNeeds): DatabaseProbe {
  const database = connectDatabase({
    ...options,
    application: `${options.application}-probe`,
    connections: 1,
    connectionLifetime,
  });
  return {
    answers: () => answers(database),
    hasSchema: () => database.requireMigration(needs.migration),
    hasRights: () => hasRights(database, options.schema, needs),
    close: () => database.close(),
  };
}

async function answers(database: Database): Promise<void> {
  try {
    const [row] = await database.query<{ readOnly: boolean }>(
      'readiness write',
      `SELECT current_setting('transaction_read_only') = 'on' AS "readOnly",
         pg_logical_emit_message(true, 'readiness', '')`,
    );
    if (row?.readOnly) throw new DatabaseUnreadyError('PostgreSQL takes reads only.');
  } catch (cause) {
    throw isStoreUnavailable(cause) ? new DatabaseUnreadyError(whyAway(cause), { cause }) : cause;
  }
}

/** Invalid password, role that may not sign in, database that does not exist. */
const refused = new Set(['28P01', '28000', '3D000']);

function whyAway(error: unknown): string {
  const state = sqlStateOf(error instanceof Error ? error.cause : undefined);
  return refused.has(state ?? '')
    ? 'PostgreSQL refuses the role, its password, or the database: run ./gl db migrate.'
    : 'PostgreSQL does not answer.';
}

async function hasRights(
  database: Database,
  schema: string,
  { tables, functions }: DatabaseNeeds,
): Promise<void> {
  const rights = Object.entries(tables).flatMap(([table, list]) =>
    list.map((right) => ({ table, right })),
  );
  const lacks = await database.query<{ what: string }>('readiness rights', missingRights, [
    schema,
    rights.map(({ table }) => table),
    rights.map(({ right }) => right),
    functions,
  ]);
  if (lacks.length === 0) return;
  const list = lacks.map(({ what }) => what).join(', ');
  throw new DatabaseUnreadyError(`The role of the service lacks: ${list}. Run ./gl recover.`);
}

/** Row security without any policy refuses every row, so it counts as a missing right. */
const missingRights = `
WITH own AS (SELECT oid FROM pg_namespace WHERE nspname = $1)
SELECT n.privilege || ' on ' || n.name AS what
FROM unnest($2::text[], $3::text[]) AS n (name, privilege)
LEFT JOIN pg_class c ON c.relname = n.name AND c.relnamespace = (SELECT oid FROM own)
WHERE c.oid IS NULL OR NOT has_table_privilege(c.oid, n.privilege)
UNION ALL
SELECT DISTINCT 'a policy on ' || c.relname
FROM pg_class c
WHERE c.relnamespace = (SELECT oid FROM own) AND c.relname = ANY ($2) AND c.relrowsecurity
  AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
UNION ALL
SELECT 'EXECUTE on ' || f.name
FROM unnest($4::text[]) AS f (name)
LEFT JOIN pg_proc p ON p.pronamespace = (SELECT oid FROM own)
  AND p.proname || '(' || oidvectortypes(p.proargtypes) || ')' = f.name
WHERE p.oid IS NULL OR NOT has_function_privilege(p.oid, 'EXECUTE')
ORDER BY 1`;
