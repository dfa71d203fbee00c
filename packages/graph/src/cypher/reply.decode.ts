import { GraphQueryError } from '../graph.error.ts';

/** A value of a result: scalars and lists of them; queries return properties, never whole nodes or edges. */
export type GraphValue = string | number | boolean | null | readonly GraphValue[];
/** One row of a result by column name. */
export type Row = Readonly<Record<string, GraphValue>>;

// Types of FalkorDB's compact result format.
const NULL = 1;
const STRING = 2;
const INTEGER = 3;
const BOOLEAN = 4;
const DOUBLE = 5;
const ARRAY = 6;

type CompactValue = readonly [type: number, value: unknown];

/** Decodes the reply of `GRAPH.RO_QUERY … --compact`; `read` turns each row into a result. @throws GraphQueryError */
export function decodeReply<T>(reply: unknown, read: (row: Row) => T): T[] {
  if (!Array.isArray(reply) || reply.length < 3) return [];
  const [header, rows] = reply as [
    readonly (readonly [number, string])[],
    readonly CompactValue[][],
  ];
  const names = header.map(([, name]) => name);
  return rows.map((cells) => {
    const row: Record<string, GraphValue> = {};
    for (let index = 0; index < names.length; index++) {
      const cell = cells[index];
      if (cell) row[names[index] as string] = decodeValue(cell);
    }
    return read(row);
  });
}

function decodeValue([type, value]: CompactValue): GraphValue {
  switch (type) {
    case STRING:
    case INTEGER:
      return value as string | number;
    case NULL:
      return null;
    case BOOLEAN:
      return value === 'true';
    case DOUBLE:
      return Number(value);
    case ARRAY:
      return (value as CompactValue[]).map(decodeValue);
    default:
      throw new GraphQueryError(`A query returned a value of type ${type}; return its properties.`);
  }
}
