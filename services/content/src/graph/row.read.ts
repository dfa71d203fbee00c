import type { Row } from '@gospelib/graph';

/** A column that the schema requires. @throws TypeError when it is missing: the graph violates its schema. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw wrong(column, 'text', value);
  return value;
}

/** An optional column, as an object to spread into an answer; empty when the column is. */
export function optionalText<K extends string>(row: Row, column: K): { [key in K]?: string } {
  const value = row[column];
  if (value === null || value === undefined || value === '') return {};
  return { [column]: text(row, column) } as { [key in K]?: string };
}

/** @throws TypeError */
export function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw wrong(column, 'a number', value);
  return value;
}

/** @throws TypeError */
export function flag(row: Row, column: string): boolean {
  const value = row[column];
  if (typeof value !== 'boolean') throw wrong(column, 'true or false', value);
  return value;
}

function wrong(column: string, expected: string, value: unknown): TypeError {
  return new TypeError(`The graph gave ${typeof value} for "${column}", not ${expected}.`);
}
