import type { GraphReader, Row } from '@gospelib/graph';
import { flag, number, text } from '../graph/row.read.ts';

/*
 * The best neighbours of several nodes at once: at most `most` of each node, best first.
 * Every query unwinds the ids, ranks within each, and cuts each one's list.
 */

/** Words, names and topics of more verses than this connect everything with everything: only a root is followed. */
export const FOLLOWED_VERSES = 150;

export interface Found {
  readonly from: string;
  readonly to: string;
}

const found = (row: Row): Found => ({ from: text(row, 'from'), to: text(row, 'to') });

export function findReferences(graph: GraphReader, ids: readonly string[], most: number) {
  return graph.query(
    'map-references',
    `UNWIND $ids AS id
     MATCH (:Passage {id: id})-[r:CROSS_REF]->(q:Passage) WHERE r.rank < $most
     RETURN id AS from, q.id AS to, r.reciprocal AS reciprocal, r.shared AS shared ORDER BY r.rank`,
    { ids, most },
    (row) => ({
      ...found(row),
      reciprocal: flag(row, 'reciprocal'),
      shared: number(row, 'shared'),
    }),
  );
}

export function findQuotations(graph: GraphReader, ids: readonly string[], most: number) {
  return graph.query(
    'map-quotations',
    `UNWIND $ids AS id
     MATCH (:Passage {id: id})-[r:QUOTES]-(q:Passage)
     WITH id, r, q ORDER BY r.jaccard DESC, q.order
     WITH id, collect([q.id, r.shared, startNode(r).id = id])[0..$most] AS best
     UNWIND best AS one
     RETURN id AS from, one[0] AS to, one[1] AS shared, one[2] AS quotes`,
    { ids, most },
    (row) => ({ ...found(row), shared: number(row, 'shared'), quotes: flag(row, 'quotes') }),
  );
}

export function findWords(graph: GraphReader, ids: readonly string[], most: number) {
  return graph.query(
    'map-words',
    `UNWIND $ids AS id
     MATCH (:Passage {id: id})-[r:USES_WORD]->(w:Word)
     WITH id, r, w ORDER BY w.verses
     WITH id, collect([w.id, r.forms])[0..$most] AS best
     UNWIND best AS one
     RETURN id AS from, one[0] AS to, one[1] AS forms`,
    { ids, most },
    (row) => ({ ...found(row), forms: text(row, 'forms') }),
  );
}

export function findUses(graph: GraphReader, ids: readonly string[], most: number, upTo: number) {
  return graph.query(
    'map-uses',
    `UNWIND $ids AS id
     MATCH (w:Word {id: id}) WHERE w.verses <= $upTo
     MATCH (w)<-[r:USES_WORD]-(p:Passage)
     WITH id, r, p ORDER BY p.connections DESC, p.order
     WITH id, collect([p.id, r.forms])[0..$most] AS best
     UNWIND best AS one
     RETURN id AS from, one[0] AS to, one[1] AS forms`,
    { ids, most, upTo },
    (row) => ({ ...found(row), forms: text(row, 'forms') }),
  );
}

export function findDerivations(graph: GraphReader, ids: readonly string[], most: number) {
  return graph.query(
    'map-derivations',
    `UNWIND $ids AS id
     MATCH (:Word {id: id})-[r:DERIVED_FROM]-(w:Word)
     WITH id, r, w ORDER BY startNode(r).id <> id, w.verses DESC
     WITH id, collect([w.id, startNode(r).id = id])[0..$most] AS best
     UNWIND best AS one
     RETURN id AS from, one[0] AS to, one[1] AS derived`,
    { ids, most },
    (row) => ({ ...found(row), derived: flag(row, 'derived') }),
  );
}

export function findNames(graph: GraphReader, ids: readonly string[], most: number) {
  return graph.query(
    'map-names',
    `UNWIND $ids AS id
     MATCH (:Passage {id: id})-[:MENTIONS]->(n:Name)
     WITH id, n ORDER BY n.verses
     WITH id, collect([n.id, n.label])[0..$most] AS best
     UNWIND best AS one
     RETURN id AS from, one[0] AS to, one[1] AS label`,
    { ids, most },
    (row) => ({ ...found(row), label: text(row, 'label') }),
  );
}

export function findMentions(
  graph: GraphReader,
  ids: readonly string[],
  most: number,
  upTo: number,
) {
  return graph.query(
    'map-mentions',
    `UNWIND $ids AS id
     MATCH (n:Name {id: id}) WHERE n.verses <= $upTo
     MATCH (n)<-[:MENTIONS]-(p:Passage)
     WITH id, n, p ORDER BY p.connections DESC, p.order
     WITH id, n, collect(p.id)[0..$most] AS best
     UNWIND best AS to
     RETURN id AS from, to, n.label AS label`,
    { ids, most, upTo },
    (row) => ({ ...found(row), label: text(row, 'label') }),
  );
}

export function findTopics(graph: GraphReader, ids: readonly string[], most: number) {
  return graph.query(
    'map-topics',
    `UNWIND $ids AS id
     MATCH (:Passage {id: id})<-[:ABOUT]-(t:Topic)
     WITH id, t ORDER BY t.passages
     WITH id, collect([t.id, t.name])[0..$most] AS best
     UNWIND best AS one
     RETURN id AS from, one[0] AS to, one[1] AS label`,
    { ids, most },
    (row) => ({ ...found(row), label: text(row, 'label') }),
  );
}

export function findAbout(graph: GraphReader, ids: readonly string[], most: number, upTo: number) {
  return graph.query(
    'map-about',
    `UNWIND $ids AS id
     MATCH (t:Topic {id: id}) WHERE t.passages <= $upTo
     MATCH (t)-[:ABOUT]->(p:Passage)
     WITH id, t, p ORDER BY p.connections DESC, p.order
     WITH id, t, collect(p.id)[0..$most] AS best
     UNWIND best AS to
     RETURN id AS from, to, t.name AS label`,
    { ids, most, upTo },
    (row) => ({ ...found(row), label: text(row, 'label') }),
  );
}

export function findSeeAlso(graph: GraphReader, ids: readonly string[], most: number) {
  return graph.query(
    'map-see-also',
    `UNWIND $ids AS id
     MATCH (t:Topic {id: id})-[:SEE_ALSO]->(other:Topic)
     WITH id, t, other ORDER BY other.name
     WITH id, t, collect([other.id, other.name])[0..$most] AS best
     UNWIND best AS one
     RETURN id AS from, one[0] AS to, one[1] AS label, t.name AS source`,
    { ids, most },
    (row) => ({ ...found(row), label: text(row, 'label'), source: text(row, 'source') }),
  );
}
