import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { EdgeTable, GraphContent, NodeTable } from '../content/graph.content.ts';
import { type EdgeType, edgeSchema, type NodeLabel, nodeSchema } from '../schema/graph.schema.ts';

/*
 * The engine-neutral form: lines of JSON. A table begins with a line that names its label or type and its columns; each
 * row follows on a line of its own, as an array. An edge begins with the numbers of its two nodes, which are numbered
 * from 0 in the order of the file.
 */
const FORMAT = 'gospelib-graph-rows-1';
const header = z.union([
  z.object({ format: z.literal(FORMAT) }),
  z.object({ nodes: z.string(), columns: z.array(z.string()) }),
  z.object({ edges: z.string(), columns: z.array(z.string()) }),
]);
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const row = z.array(cell);

type TableHead = ({ nodes: string } | { edges: string }) & { columns: string[] };

/** The first line of the file. */
export const FORMAT_LINE = `${JSON.stringify({ format: FORMAT })}\n`;

/** The line before a table's rows. */
export function headLine(head: TableHead): string {
  return `${JSON.stringify(head)}\n`;
}

/** @throws Error when the lines are of this form, or name what this release does not know */
export async function readRows(lines: Readable): Promise<GraphContent> {
  const nodes: NodeTable[] = [];
  const edges: EdgeTable[] = [];
  let columns: readonly string[] = [];
  let rows: Record<string, unknown>[] = [];
  let begun = false;
  for await (const line of createInterface({ input: lines, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.startsWith('[')) {
      rows.push(rowOf(columns, row.parse(JSON.parse(line))));
      continue;
    }
    const head = header.parse(JSON.parse(line));
    if ('format' in head) {
      begun = true;
      continue;
    }
    if (!begun) throw new Error(`The rows are not of the form ${FORMAT}.`);
    rows = [];
    columns = head.columns;
    if ('nodes' in head) nodes.push({ label: labelOf(head.nodes), rows } as unknown as NodeTable);
    else edges.push({ type: typeOf(head.edges), rows } as unknown as EdgeTable);
  }
  return { nodes, edges };
}

function rowOf(columns: readonly string[], cells: readonly unknown[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (let at = 0; at < columns.length; at++) {
    if (cells[at] !== null) found[columns[at] as string] = cells[at];
  }
  return found;
}

function labelOf(name: string): NodeLabel {
  if (!(name in nodeSchema)) throw new Error(`This release knows no nodes called ${name}.`);
  return name as NodeLabel;
}

function typeOf(name: string): EdgeType {
  if (!(name in edgeSchema)) throw new Error(`This release knows no edges called ${name}.`);
  return name as EdgeType;
}
