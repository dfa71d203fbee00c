import type { EdgeFaults } from '../content/graph.scan.ts';
import type { EdgeType } from '../schema/graph.schema.ts';
import type { GraphStore } from '../store/graph.store.ts';
import type { Difference } from './graph.difference.ts';

/** The most that are named; the others are counted. */
const NAMED = 20;

/** Names wrong edges by the nodes at their ends. */
export async function nameEdges(
  store: GraphStore,
  key: string,
  type: EdgeType,
  { dangling, doubled }: EdgeFaults,
): Promise<Difference[]> {
  return [
    ...(await describe(store, key, type, dangling, 'dangling-edge')),
    ...(await describe(store, key, type, doubled, 'duplicate-edge')),
  ];
}

async function describe(
  store: GraphStore,
  key: string,
  type: EdgeType,
  edges: readonly number[],
  kind: 'dangling-edge' | 'duplicate-edge',
): Promise<Difference[]> {
  if (edges.length === 0) return [];
  const what =
    kind === 'dangling-edge'
      ? 'leads from or to a node of the wrong kind'
      : 'is there more than once';
  const named = await store.reader(key, key).query(
    'edge-ends',
    `MATCH (a)-[r:${type}]->(b) WHERE ID(r) IN $edges
     RETURN labels(a)[0] AS fromLabel, a.id AS from, labels(b)[0] AS toLabel, b.id AS to`,
    { edges: edges.slice(0, NAMED) },
    ({ fromLabel, from, toLabel, to }): Difference => {
      const ends = `${fromLabel ?? 'nothing'} ${from} → ${toLabel ?? 'nothing'} ${to}`;
      return { kind, subject: type, detail: `${type} ${ends} ${what}.` };
    },
  );
  const more = edges.length - named.length;
  if (more === 0) return named;
  return [
    ...named,
    { kind, subject: type, actual: more, detail: `… and ${more} more of ${type}.` },
  ];
}
