import type { ConnectionKind } from '@gospelib/contracts';
import type { GraphReader, GraphValue } from '@gospelib/graph';
import { text } from '../graph/row.read.ts';

/** One connection from the graph: the columns that {@link branches} names, in their order. */
export interface ConnectionRow {
  readonly kind: ConnectionKind;
  /** Id of the verse that has it. */
  readonly at: string;
  readonly values: readonly GraphValue[];
}

/*
 * A branch for each kind, best first; of equals, that of the earlier verse `p`. A verse's words and names are in the order
 * of the text: the ingest writes them in that order, which the numbers of the edges keep.
 */
const branches: Readonly<Record<ConnectionKind, readonly string[]>> = {
  'cross-reference': [
    `MATCH (p)-[r:CROSS_REF]->(q:Passage)
     RETURN 'cross-reference' AS kind, [q.id, r.shared, r.reciprocal, true] AS columns, p.id AS at
     ORDER BY r.rank, p.order`,
    // Verses that refer to this one without being referred to follow.
    `MATCH (p)<-[r:CROSS_REF]-(q:Passage) WHERE NOT r.reciprocal
     RETURN 'cross-reference' AS kind, [q.id, r.shared, false, false] AS columns, p.id AS at
     ORDER BY r.shared DESC, q.order, p.order`,
  ],
  quotation: [
    `MATCH (p)-[r:QUOTES]-(q:Passage)
     RETURN 'quotation' AS kind, [q.id, r.shared, r.jaccard, startNode(r).id = p.id] AS columns, p.id AS at
     ORDER BY r.jaccard DESC, q.order, p.order`,
  ],
  word: [
    `MATCH (p)-[r:USES_WORD]->(w:Word)
     RETURN 'word' AS kind, [w.id, r.forms] AS columns, p.id AS at ORDER BY p.order, id(r)`,
  ],
  name: [
    // A verse that has two words for one name has two edges to it.
    `MATCH (p)-[r:MENTIONS]->(n:Name)
     WITH p, n, min(id(r)) AS place
     RETURN 'name' AS kind, [n.id, n.label, n.verses] AS columns, p.id AS at ORDER BY p.order, place`,
  ],
  topic: [
    `MATCH (p)<-[:ABOUT]-(t:Topic)
     RETURN 'topic' AS kind, [t.id, t.name] AS columns, p.id AS at
     ORDER BY t.passages, t.id, p.order`,
  ],
  commentary: [
    `MATCH (p)<-[:COMMENTS_ON]-(c:Commentary)
     RETURN 'commentary' AS kind, [c.source, c.text, c.covers] AS columns, p.id AS at
     ORDER BY c.source, c.id, p.order`,
  ],
};

const verses = 'UNWIND $ids AS id MATCH (p:Passage {id: id})';

/** The connections of verses of some kinds, in one query: five queries would take twice as long. */
export function readConnectionRows(
  graph: GraphReader,
  ids: readonly string[],
  kinds: readonly ConnectionKind[],
): Promise<ConnectionRow[]> {
  return graph.query(
    'connections',
    kinds
      .flatMap((kind) => branches[kind])
      .map((branch) => `${verses} ${branch}`)
      .join('\nUNION ALL\n'),
    { ids },
    (row) => ({
      kind: text(row, 'kind') as ConnectionKind,
      at: text(row, 'at'),
      values: Array.isArray(row.columns) ? row.columns : [],
    }),
  );
}
