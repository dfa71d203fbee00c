import type pg from 'pg';
import type { SequenceBackup } from './backup.content.ts';

export interface TableShape {
  table: string;
  /** In their order, without generated ones. */
  columns: string[];
}

/** The tables of a schema, by name. */
export async function readTables(client: pg.ClientBase, schema: string): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(
    `SELECT c.relname AS table,
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') ORDER BY c.relname`,
    [schema],
  );
  return rows;
}

/** The current value of each sequence of a schema. */
export async function readSequences(
  client: pg.ClientBase,
  schema: string,
): Promise<SequenceBackup[]> {
  const { rows } = await client.query<{ sequence: string; last: string | null; start: string }>(
    `SELECT sequencename AS sequence, last_value::text AS last, start_value::text AS start
     FROM pg_sequences WHERE schemaname = $1 ORDER BY sequencename`,
    [schema],
  );
  return rows.map(({ sequence, last, start }) => ({
    sequence,
    lastValue: last ?? start,
    isCalled: last !== null,
  }));
}
