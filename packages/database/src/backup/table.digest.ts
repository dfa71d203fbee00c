import pg from 'pg';

export interface TableDigest {
  rows: number;
  checksum: string;
}

/** Settings that decide how values look as text: every session that computes or compares a checksum needs the same. */
export const TEXT_FORM = `
  SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';
  SET extra_float_digits = 1; SET bytea_output = 'hex'; SET row_security = off; SET statement_timeout = 0`;

/**
 * Counts the rows and sums 64 bits of each row's SHA-256, so that the order of rows does not matter. The server
 * computes
 * it over the text of the columns in their order. It detects accidents, not tampering.
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
