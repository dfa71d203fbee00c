import type pg from 'pg';
import type { SequenceBackup } from './backup.content.ts';
import { BackupMismatchError } from './backup.error.ts';

export interface TableShape {
  table: string;
  /** Without generated ones, in their order. */
  columns: string[];
}

/** The tables of a schema, those before others that refer to them. @throws BackupMismatchError when they refer in a circle */
export async function readTables(client: pg.ClientBase, schema: string): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape & { refers: string[] }>(
    `SELECT c.relname AS table,
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       ARRAY(SELECT k.confrelid::regclass::oid::text FROM pg_constraint k
        WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid) AS refers,
       c.oid::text AS oid
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') ORDER BY c.relname`,
    [schema],
  );
  return inOrder(rows as (TableShape & { refers: string[]; oid: string })[], schema);
}

function inOrder(
  tables: readonly (TableShape & { refers: string[]; oid: string })[],
  schema: string,
): TableShape[] {
  const waiting = new Map(tables.map((table) => [table.oid, table]));
  const done: TableShape[] = [];
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter(({ refers }) =>
      refers.every((other) => !waiting.has(other)),
    );
    if (free.length === 0) {
      const names = [...waiting.values()].map(({ table }) => table).join(', ');
      throw new BackupMismatchError(
        `The tables ${names} of ${schema} refer to each other in a circle: they cannot be filled one after the other.`,
      );
    }
    for (const { table, columns, oid } of free) {
      done.push({ table, columns });
      waiting.delete(oid);
    }
  }
  return done;
}

/** Where each sequence of a schema stands. */
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
