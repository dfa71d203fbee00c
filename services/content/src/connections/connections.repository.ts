import type { ConnectionKind } from '@gospelib/contracts';
import type { GraphReader, GraphValue } from '@gospelib/graph';
import { text } from '../graph/row.read.ts';

/** What the graph says about one connection: the columns that {@link branches} names, in their order. */
export interface ConnectionRow {
  readonly kind: ConnectionKind;
  readonly values: readonly GraphValue[];
}

/*
 * A branch for each kind, best first. A verse's words and names come in the order in which they stand in
 * it: the ingest writes them so, and edges are numbered as they are written.
 */
const branches: Readonly<Record<ConnectionKind, readonly string[]>> = {
  'cross-reference': [
    `MATCH (:Passage {id: $id})-[r:CROSS_REF]->(q:Passage)
     RETURN 'cross-reference' AS kind, [q.id, r.shared, r.reciprocal, true] AS columns
     ORDER BY r.rank`,
    // Verses that refer here without being referred to come after.
    `MATCH (:Passage {id: $id})<-[r:CROSS_REF]-(q:Passage) WHERE NOT r.reciprocal
     RETURN 'cross-reference' AS kind, [q.id, r.shared, false, false] AS columns
     ORDER BY r.shared DESC, q.order`,
  ],
  quotation: [
    `MATCH (:Passage {id: $id})-[r:QUOTES]-(q:Passage)
     RETURN 'quotation' AS kind, [q.id, r.shared, r.jaccard, startNode(r).id = $id] AS columns
     ORDER BY r.jaccard DESC, q.order`,
  ],
  word: [
    `MATCH (:Passage {id: $id})-[r:USES_WORD]->(w:Word)
     RETURN 'word' AS kind, [w.id, r.forms] AS columns ORDER BY id(r)`,
  ],
  name: [
    // A verse that has a name in two words is tied to it twice.
    `MATCH (:Passage {id: $id})-[r:MENTIONS]->(n:Name)
     WITH n, min(id(r)) AS place
     RETURN 'name' AS kind, [n.id, n.label, n.verses] AS columns ORDER BY place`,
  ],
  topic: [
    `MATCH (:Passage {id: $id})<-[:ABOUT]-(t:Topic)
     RETURN 'topic' AS kind, [t.id, t.name] AS columns ORDER BY t.passages, t.id`,
  ],
  commentary: [
    `MATCH (:Passage {id: $id})<-[:COMMENTS_ON]-(c:Commentary)
     RETURN 'commentary' AS kind, [c.source, c.text, c.covers] AS columns ORDER BY c.source, c.id`,
  ],
};

/** The connections of a verse of some kinds, in one query: five of them would cost twice as much. */
export function readConnectionRows(
  graph: GraphReader,
  id: string,
  kinds: readonly ConnectionKind[],
): Promise<ConnectionRow[]> {
  return graph.query(
    'connections',
    kinds.flatMap((kind) => branches[kind]).join('\nUNION ALL\n'),
    { id },
    (row) => ({
      kind: text(row, 'kind') as ConnectionKind,
      values: Array.isArray(row.columns) ? row.columns : [],
    }),
  );
}
