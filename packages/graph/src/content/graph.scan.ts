import {
  type EdgeType,
  edgeSchema,
  type NodeLabel,
  nodeSchema,
  type PropertyType,
  type PropertyValue,
} from '../schema/graph.schema.ts';
import type { GraphStore } from '../store/graph.store.ts';

/** A property as it is stored; undefined when the node or edge does not have it. */
export type ScannedValue = PropertyValue | undefined;

/** Receives what a scan reads. `place` is a node's number in the store; values are in the order of the schema. */
export interface RowSink {
  addNode(label: NodeLabel, place: number, values: readonly ScannedValue[]): void;
  addEdge(type: EdgeType, from: number, to: number, values: readonly ScannedValue[]): void;
}

export interface ScanOptions {
  /** Awaited after each page, to slow a scan down. */
  pace?: (() => Promise<void>) | undefined;
  /** Nodes in one page. */
  page?: number | undefined;
  /** Pages requested at a time, default 1. With more, the scan is faster and readers wait longer. */
  ahead?: number | undefined;
}

/** Edges that are wrong whatever the manifest says, by their numbers in the store. */
export interface EdgeFaults {
  dangling: number[];
  doubled: number[];
}

type Cell = string | number | null;

/** About two megabytes of reply. */
const PAGE = 8_192;
const PAGE_TIMEOUT = 60_000;

/** Gives every node of a label to the sink; returns their number. */
export async function scanNodes(
  store: GraphStore,
  key: string,
  label: NodeLabel,
  sink: RowSink,
  options: ScanOptions = {},
): Promise<number> {
  const properties = Object.entries(nodeSchema[label]);
  const columns = ['ID(n)', ...properties.map(([name]) => `n.${name}`)].join(', ');
  const types = properties.map(([, type]) => type);
  let total = 0;
  for await (const rows of pages(store, key, `(n:${label})`, 'n', columns, options)) {
    for (const row of rows) sink.addNode(label, Number(row[0]), readCells(row, 1, types));
    total += rows.length;
  }
  return total;
}

/**
 * Gives every edge of a type to the sink; returns their number, and those that are wrong.
 * @param labelAt the label of a node that was scanned before
 */
export async function scanEdges(
  store: GraphStore,
  key: string,
  type: EdgeType,
  sink: RowSink,
  labelAt: (place: number) => NodeLabel | undefined,
  options: ScanOptions = {},
): Promise<{ total: number; faults: EdgeFaults }> {
  const { from, to, properties } = edgeSchema[type];
  // FalkorDB returns parallel edges once, unless the query names the edge itself.
  const names = Object.keys(properties).map((name) => `r.${name}`);
  const columns = ['ID(a)', 'ID(b)', 'ID(r)', ...names].join(', ');
  const types = Object.values<PropertyType>(properties);
  const sources: readonly (NodeLabel | undefined)[] = from;
  const targets: readonly (NodeLabel | undefined)[] = to;
  const isParallel = 'parallelBy' in edgeSchema[type];
  const faults: EdgeFaults = { dangling: [], doubled: [] };
  let total = 0;
  const { page = PAGE } = options;
  for await (const rows of pages(store, key, `(a)-[r:${type}]->(b)`, 'a', columns, options)) {
    // A page has all edges of its source nodes, so duplicates are on one page. Small numbers make the fastest set.
    const seen = new Set<number | string>();
    for (const row of rows) {
      const source = Number(row[0]);
      const target = Number(row[1]);
      if (!sources.includes(labelAt(source)) || !targets.includes(labelAt(target))) {
        faults.dangling.push(Number(row[2]));
      }
      const values = readCells(row, 3, types);
      const ends = (source % page) + target * page;
      const pair = isParallel ? `${ends} ${values.join(' ')}` : ends;
      if (seen.has(pair)) faults.doubled.push(Number(row[2]));
      else seen.add(pair);
      sink.addEdge(type, source, target, values);
    }
    total += rows.length;
  }
  return { total, faults };
}

/**
 * Rows by ranges of the store's node numbers, in the plain result format, which needs half the bytes of the compact
 * one.
 */
async function* pages(
  store: GraphStore,
  key: string,
  pattern: string,
  variable: string,
  columns: string,
  { pace, page = PAGE, ahead = 1 }: ScanOptions,
): AsyncGenerator<Cell[][]> {
  const [last = -1] = await store
    .reader(key, key)
    .query('last-node', 'MATCH (n) RETURN max(ID(n)) AS last', {}, ({ last }) =>
      Number(last ?? -1),
    );
  const fetch = async (first: number): Promise<Cell[][]> => {
    const where = `ID(${variable}) >= ${first} AND ID(${variable}) < ${first + page}`;
    const query = `MATCH ${pattern} WHERE ${where} RETURN ${columns}`;
    const command = ['GRAPH.RO_QUERY', key, query, 'TIMEOUT', String(PAGE_TIMEOUT)];
    return ((await store.send(command, PAGE_TIMEOUT)) as [unknown, Cell[][]])[1];
  };
  const underWay: Promise<Cell[][]>[] = [];
  let first = 0;
  const fetchAhead = (): void => {
    for (; underWay.length < ahead && first <= last; first += page) {
      const next = fetch(first);
      next.catch(() => undefined); // an error is thrown where the page is awaited, if it is
      underWay.push(next);
    }
  };
  fetchAhead();
  for (let next = underWay.shift(); next !== undefined; next = underWay.shift()) {
    const rows = await next;
    // The store reads the next pages while this one is processed.
    fetchAhead();
    if (rows.length === 0) continue;
    yield rows;
    await pace?.();
  }
}

/** The properties of a row, from a column on. */
function readCells(
  row: readonly Cell[],
  from: number,
  types: readonly PropertyType[],
): ScannedValue[] {
  const values = new Array<ScannedValue>(types.length);
  for (let at = 0; at < types.length; at++)
    values[at] = readCell(row[from + at] ?? null, types[at]);
  return values;
}

function readCell(cell: Cell, type: PropertyType | undefined): ScannedValue {
  if (cell === null) return undefined;
  if (type?.startsWith('boolean')) return cell === 'true';
  if (type?.startsWith('double')) return Number(cell);
  return cell;
}
