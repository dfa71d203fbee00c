import { withOwner } from '../migration/migration.session.ts';

/** A table that one session holds alone: everybody else waits, readers too (ACCESS EXCLUSIVE). */
export interface TableLock {
  /** `notes` */
  table: string;
  /** The server's process that holds it. */
  pid: number;
  /** What its client calls itself; empty when it does not say. */
  application: string;
  /** ISO 8601: when its transaction began. */
  since: string;
}

/**
 * Tables of a schema that have been held alone for longer than so many milliseconds, the longest first.
 * @throws the errors of `pg`
 */
export function heldTables(url: string, schema: string, longerMs: number): Promise<TableLock[]> {
  return withOwner(url, async (client) => {
    const { rows } = await client.query<TableLock>(HELD, [schema, longerMs]);
    return rows;
  });
}

// When another role's transaction began is for its members alone to see; since when somebody waits for it is for all.
const HELD = `
SELECT c.relname AS "table", l.pid, coalesce(a.application_name, '') AS application,
  to_char(began AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since
FROM pg_locks l
JOIN pg_class c ON c.oid = l.relation AND c.relkind IN ('r', 'p')
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = $1
JOIN pg_stat_activity a ON a.pid = l.pid
CROSS JOIN LATERAL (
  SELECT coalesce(a.xact_start, min(w.waitstart)) AS began
  FROM pg_locks w WHERE w.relation = l.relation AND NOT w.granted
) waiting
WHERE l.locktype = 'relation' AND l.granted AND l.mode = 'AccessExclusiveLock'
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND began < clock_timestamp() - $2 * interval '1 millisecond'
ORDER BY began`;
