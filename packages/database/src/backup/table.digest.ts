import pg from 'pg';

export interface TableDigest {
  rows: number;
  checksum: string;
}

/** How values are written as text: the same in every session that makes or compares a checksum. */
export const TEXT_FORM = `
  SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';
  SET extra_float_digits = 1; SET bytea_output = 'hex'; SET row_security = off; SET statement_timeout = 0`;

/**
 * Counts rows and adds up a part of each row's SHA-256, so that their order does not matter: computed by the server, over
 * the text of the columns in their order. It finds accidents; it is no signature against somebody who means harm.
 */
export async function digestTable(
  client: pg.ClientBase,
  schema: string,
  table: string,
  columns: readonly string[],
): Promise<TableDigest> {
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const { rows } = await client.query<{ rows: string; sum: string }>(
    `SELECT count(*) AS rows, coalesce(sum(
       ('x' || left(encode(sha256(convert_to(ROW(${list})::text, 'UTF8')), 'hex'), 16))::bit(64)::bigint::numeric
     ), 0)::text AS sum
     FROM ${qualified(schema, table)}`,
  );
  return { rows: Number(rows[0]?.rows), checksum: `${rows[0]?.rows}:${rows[0]?.sum}` };
}

export function qualified(schema: string, table: string): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
}
