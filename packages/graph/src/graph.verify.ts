import { type GraphChecksums, GraphDigest } from './graph.digest.ts';
import { missingIndexes } from './graph.indexes.ts';
import { readManifest } from './graph.manifest.ts';
import { type EdgeFault, scanEdges, scanNodes } from './graph.scan.ts';
import type { GraphStore } from './graph.store.ts';
import { edgeTypes, keys, nodeLabels } from './schema.ts';

/** One way in which a graph is not what its manifest says. */
export interface Difference {
  kind:
    | 'no-manifest'
    | 'count'
    | 'checksum'
    | 'unknown-nodes'
    | 'unknown-edges'
    | 'dangling-edge'
    | 'duplicate-edge'
    | 'missing-index';
  /** A label, an edge type, `Passage of <book>`, or `Label.property`. */
  subject: string;
  expected?: number | string;
  actual?: number | string;
  detail: string;
}

export interface Verification {
  ok: boolean;
  checksums: GraphChecksums;
  differences: readonly Difference[];
  seconds: number;
}

/** Computes counts and checksums anew from the store and compares them with the manifest. @throws StoreUnavailableError */
export async function verifyGraph(store: GraphStore, version: string): Promise<Verification> {
  const key = keys.graph(version);
  const manifest = await readManifest(store.at(version));
  const none: GraphChecksums = { nodes: {}, edges: {}, books: {} };
  const verification = await verifyAgainst(store, key, manifest?.checksums ?? none);
  if (manifest) return verification;
  const missing: Difference = {
    kind: 'no-manifest',
    subject: 'Manifest',
    detail: 'The graph has no manifest.',
  };
  return { ...verification, ok: false, differences: [missing, ...verification.differences] };
}

/** The same for a graph whose checksums are known from loading it. */
export async function verifyAgainst(
  store: GraphStore,
  key: string,
  expected: GraphChecksums,
): Promise<Verification> {
  const start = performance.now();
  const digest = new GraphDigest();
  const known = { nodes: 0, edges: 0 };
  for (const label of nodeLabels) known.nodes += await scanNodes(store, key, label, digest);
  const faults: EdgeFault[] = [];
  for (const type of edgeTypes) known.edges += await scanEdges(store, key, type, digest, faults);
  const checksums = digest.checksums();
  const differences: Difference[] = [
    ...compare(expected.nodes, checksums.nodes, (name) => name),
    ...compare(expected.books, checksums.books, (name) => `Passage of ${name}`),
    ...compare(expected.edges, checksums.edges, (name) => name),
    ...(await findUnknown(store, key, known)),
    ...faults.map(describeFault),
    ...(await missingIndexes(store, key)).map(
      (subject): Difference => ({
        kind: 'missing-index',
        subject,
        detail: `There is no range index on ${subject}.`,
      }),
    ),
  ];
  const seconds = (performance.now() - start) / 1000;
  return { ok: differences.length === 0, checksums, differences, seconds };
}

function compare(
  expected: GraphChecksums['nodes'],
  actual: GraphChecksums['nodes'],
  subjectOf: (name: string) => string,
): Difference[] {
  const nothing = { rows: 0, checksum: '' };
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...names].flatMap((name): Difference[] => {
    const want = expected[name] ?? nothing;
    const have = actual[name] ?? nothing;
    const subject = subjectOf(name);
    if (want.rows !== have.rows) {
      const detail = `${subject}: ${have.rows} instead of ${want.rows}.`;
      return [{ kind: 'count', subject, expected: want.rows, actual: have.rows, detail }];
    }
    if (want.checksum === have.checksum) return [];
    const detail = `${subject}: as many as there should be, but with other content.`;
    return [{ kind: 'checksum', subject, expected: want.checksum, actual: have.checksum, detail }];
  });
}

/** Nodes and edges beyond the schema; the manifest itself is the one node that is not counted. */
async function findUnknown(
  store: GraphStore,
  key: string,
  known: { nodes: number; edges: number },
): Promise<Difference[]> {
  const reader = store.reader(key, key);
  const count = async (pattern: string): Promise<number> => {
    const [total] = await reader.query(
      'count',
      `MATCH ${pattern} RETURN count(x) AS total`,
      {},
      (row) => Number(row.total),
    );
    return total ?? 0;
  };
  const nodes = (await count('(x)')) - (await count('(x:Manifest)')) - known.nodes;
  const edges = (await count('()-[x]->()')) - known.edges;
  const differences: Difference[] = [];
  if (nodes !== 0) {
    differences.push({
      kind: 'unknown-nodes',
      subject: 'nodes',
      actual: nodes,
      detail: `${nodes} nodes are of no known label.`,
    });
  }
  if (edges !== 0) {
    differences.push({
      kind: 'unknown-edges',
      subject: 'edges',
      actual: edges,
      detail: `${edges} edges are of no known type.`,
    });
  }
  return differences;
}

function describeFault({ kind, type, count }: EdgeFault): Difference {
  const detail =
    kind === 'dangling-edge'
      ? `${count} ${type} edges lead from or to a node of the wrong kind.`
      : `${count} ${type} edges are there more than once.`;
  return { kind, subject: type, actual: count, detail };
}
