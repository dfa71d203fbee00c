import type { GraphDigest } from './graph.digest.ts';
import type { GraphStore } from './graph.store.ts';
import {
  type EdgeType,
  edgeSchema,
  type NodeLabel,
  nodeSchema,
  type PropertyType,
  type PropertyValue,
} from './schema.ts';

export interface EdgeFault {
  kind: 'dangling-edge' | 'duplicate-edge';
  type: EdgeType;
  count: number;
}

type Cell = string | number | null;

/** Nodes whose rows are fetched at once: about two megabytes of reply. */
const PAGE = 8_192;
const PAGE_TIMEOUT = 60_000;
const PLACES = 2 ** 26;

/** Hands every node of a label to the digest; returns their number. */
export async function scanNodes(
  store: GraphStore,
  key: string,
  label: NodeLabel,
  digest: GraphDigest,
): Promise<number> {
  const properties = Object.entries(nodeSchema[label]);
  const columns = properties.map(([name]) => `n.${name}`).join(', ');
  const types = properties.map(([, type]) => type);
  let total = 0;
  for await (const rows of pages(store, key, `(n:${label})`, 'n', `ID(n), ${columns}`)) {
    for (const [place, ...cells] of rows) {
      digest.addNode(
        label,
        Number(place),
        cells.map((cell, index) => readCell(cell, types[index])),
      );
    }
    total += rows.length;
  }
  return total;
}

/** Hands every edge of a type to the digest and gathers edges between the wrong nodes or given twice. */
export async function scanEdges(
  store: GraphStore,
  key: string,
  type: EdgeType,
  digest: GraphDigest,
  faults: EdgeFault[],
): Promise<number> {
  const { from, to, properties } = edgeSchema[type];
  // Without a mention of the edge itself FalkorDB gives parallel edges once.
  const columns = [
    'ID(a)',
    'ID(b)',
    'ID(r)',
    ...Object.keys(properties).map((name) => `r.${name}`),
  ];
  const types = Object.values<PropertyType>(properties);
  const sources: readonly (NodeLabel | undefined)[] = from;
  const targets: readonly (NodeLabel | undefined)[] = to;
  const isParallel = 'parallelBy' in edgeSchema[type];
  let total = 0;
  let dangling = 0;
  let doubled = 0;
  for await (const rows of pages(store, key, `(a)-[r:${type}]->(b)`, 'a', columns.join(', '))) {
    // A page has all edges of its source nodes, so doubles meet within it.
    const seen = new Set<number | string>();
    for (const [a, b, , ...cells] of rows) {
      const source = Number(a);
      const target = Number(b);
      if (!sources.includes(digest.labelAt(source)) || !targets.includes(digest.labelAt(target)))
        dangling++;
      const ends = source * PLACES + target;
      const pair = isParallel ? `${ends} ${cells.join(' ')}` : ends;
      if (seen.has(pair)) doubled++;
      else seen.add(pair);
      digest.addEdge(
        type,
        source,
        target,
        cells.map((cell, index) => readCell(cell, types[index])),
      );
    }
    total += rows.length;
  }
  if (dangling > 0) faults.push({ kind: 'dangling-edge', type, count: dangling });
  if (doubled > 0) faults.push({ kind: 'duplicate-edge', type, count: doubled });
  return total;
}

/** Rows by ranges of the store's node numbers, in its plain result format: half the bytes of the compact one. */
async function* pages(
  store: GraphStore,
  key: string,
  pattern: string,
  variable: string,
  columns: string,
): AsyncGenerator<Cell[][]> {
  const [last = -1] = await store
    .reader(key, key)
    .query('last-node', 'MATCH (n) RETURN max(ID(n)) AS last', {}, ({ last }) =>
      Number(last ?? -1),
    );
  for (let first = 0; first <= last; first += PAGE) {
    const where = `ID(${variable}) >= ${first} AND ID(${variable}) < ${first + PAGE}`;
    const reply = await store.send(
      [
        'GRAPH.RO_QUERY',
        key,
        `MATCH ${pattern} WHERE ${where} RETURN ${columns}`,
        'TIMEOUT',
        String(PAGE_TIMEOUT),
      ],
      PAGE_TIMEOUT,
    );
    const rows = (reply as [unknown, Cell[][]])[1];
    if (rows.length > 0) yield rows;
  }
}

function readCell(
  cell: Cell | undefined,
  type: PropertyType | undefined,
): PropertyValue | undefined {
  if (cell === null || cell === undefined) return undefined;
  if (type === 'boolean') return cell === 'true';
  if (type === 'double') return Number(cell);
  return cell;
}
