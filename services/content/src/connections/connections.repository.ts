import type { ConnectionKind } from '@gospelib/contracts';
import type { GraphReader, GraphValue } from '@gospelib/graph';
import { text } from '../graph/row.read.ts';

/** One connection from the graph: the columns that {@link branches} names, in their order. */
export interface ConnectionRow {
  readonly kind: ConnectionKind;
  readonly values: readonly GraphValue[];
}

/*
 * A branch for each kind, best first. A verse's words and names are in the order of the text: the ingest writes them in
 * that order, which the numbers of the edges keep.
 */
const branches: Readonly<Record<ConnectionKind, readonly string[]>> = {
  'cross-reference': [
    `MATCH (:Passage {id: $id})-[r:CROSS_REF]->(q:Passage)
     RETURN 'cross-reference' AS kind, [q.id, r.shared, r.reciprocal, true] AS columns
     ORDER BY r.rank`,
    // Verses that refer to this one without being referred to follow.
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
    // A verse that has two words for one name has two edges to it.
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

/** The connections of a verse of some kinds, in one query: five queries would take twice as long. */
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
