import type { GraphChecksums } from '../content/graph.digest.ts';
import { edgeTypes, nodeLabels } from '../schema/graph.schema.ts';
import type { GraphStore } from '../store/graph.store.ts';
import type { Difference } from './graph.difference.ts';

/** Rows by label and by edge type, and in all. The store keeps these numbers, so each costs a millisecond. */
export interface GraphCounts {
  nodes: Record<string, number>;
  edges: Record<string, number>;
  /** Without the manifest. */
  allNodes: number;
  allEdges: number;
}

export async function countGraph(store: GraphStore, key: string): Promise<GraphCounts> {
  const reader = store.reader(key, key);
  const count = async (pattern: string): Promise<number> => {
    const cypher = `MATCH ${pattern} RETURN count(x) AS total`;
    const [total] = await reader.query('count', cypher, {}, (row) => Number(row.total));
    return total ?? 0;
  };
  const counts = async (names: readonly string[], pattern: (name: string) => string) => {
    const totals = await Promise.all(names.map((name) => count(pattern(name))));
    return Object.fromEntries(names.map((name, at) => [name, totals[at] ?? 0]));
  };
  const [nodes, edges, allNodes, manifests, allEdges] = await Promise.all([
    counts(nodeLabels, (label) => `(x:${label})`),
    counts(edgeTypes, (type) => `()-[x:${type}]->()`),
    count('(x)'),
    count('(x:Manifest)'),
    count('()-[x]->()'),
  ]);
  return { nodes, edges, allNodes: allNodes - manifests, allEdges };
}

/** Wrong counts, and rows of unknown labels or types. */
export function compareCounts(
  { nodes, edges, allNodes, allEdges }: GraphCounts,
  expected: GraphChecksums,
): Difference[] {
  const strange = (kind: 'unknown-nodes' | 'unknown-edges', many: number): Difference[] => {
    const [subject, of] = kind === 'unknown-nodes' ? ['nodes', 'label'] : ['edges', 'type'];
    const detail = `${many} ${subject} are of no known ${of}.`;
    return many === 0 ? [] : [{ kind, subject, actual: many, detail }];
  };
  return [
    ...compareRows(nodes, expected.nodes),
    ...compareRows(edges, expected.edges),
    ...strange('unknown-nodes', allNodes - sum(nodes)),
    ...strange('unknown-edges', allEdges - sum(edges)),
  ];
}

function compareRows(
  actual: Readonly<Record<string, number>>,
  expected: GraphChecksums['nodes'],
): Difference[] {
  return Object.entries(actual).flatMap(([subject, have]): Difference[] => {
    const want = expected[subject]?.rows ?? 0;
    if (want === have) return [];
    const detail = `${subject}: ${have} instead of ${want}.`;
    return [{ kind: 'count', subject, expected: want, actual: have, detail }];
  });
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
