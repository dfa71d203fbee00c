import type { MapEdgeKind, MapNodeKind } from '@gospelib/contracts';
import type { GraphReader, GraphValue } from '@gospelib/graph';
import { text } from '../graph/row.read.ts';

/** A way to step from nodes of a kind to their neighbours, at most `$most` from each, best first. */
interface Branch {
  readonly from: MapNodeKind;
  readonly kind: MapEdgeKind;
  /** Returns `branch`, `from` and `to` (ids), and the other properties of edge and neighbour as `columns`. */
  readonly cypher: string;
}

/** Nodes to step from: their ids by kind, each a parameter of the query. */
export type Sources = Readonly<Record<MapNodeKind, readonly string[]>>;

export interface StepRow {
  readonly branch: BranchName;
  readonly from: string;
  readonly to: string;
  readonly columns: readonly GraphValue[];
}

export const branches = {
  references: {
    from: 'passage',
    kind: 'cross-reference',
    cypher: `UNWIND $passage AS id
      MATCH (:Passage {id: id})-[r:CROSS_REF]->(q:Passage) WHERE r.rank < $most
      RETURN 'references' AS branch, id AS from, q.id AS to, [r.reciprocal, r.shared] AS columns
      ORDER BY r.rank`,
  },
  quotations: {
    from: 'passage',
    kind: 'quotation',
    cypher: `UNWIND $passage AS id
      MATCH (:Passage {id: id})-[r:QUOTES]-(q:Passage)
      WITH id, r, q ORDER BY r.jaccard DESC, q.order
      WITH id, collect([q.id, r.shared, startNode(r).id = id])[0..$most] AS best
      UNWIND best AS one
      RETURN 'quotations' AS branch, id AS from, one[0] AS to, one[1..] AS columns`,
  },
  words: {
    from: 'passage',
    kind: 'word',
    cypher: `UNWIND $passage AS id
      MATCH (:Passage {id: id})-[r:USES_WORD]->(w:Word)
      WITH id, r, w ORDER BY w.verses
      WITH id, collect([w.id, r.forms])[0..$most] AS best
      UNWIND best AS one
      RETURN 'words' AS branch, id AS from, one[0] AS to, one[1..] AS columns`,
  },
  names: {
    from: 'passage',
    kind: 'name',
    cypher: `UNWIND $passage AS id
      MATCH (:Passage {id: id})-[:MENTIONS]->(n:Name)
      WITH DISTINCT id, n ORDER BY n.verses
      WITH id, collect([n.id, n.label])[0..$most] AS best
      UNWIND best AS one
      RETURN 'names' AS branch, id AS from, one[0] AS to, one[1..] AS columns`,
  },
  topics: {
    from: 'passage',
    kind: 'topic',
    cypher: `UNWIND $passage AS id
      MATCH (:Passage {id: id})<-[:ABOUT]-(t:Topic)
      WITH id, t ORDER BY t.passages
      WITH id, collect([t.id, t.name])[0..$most] AS best
      UNWIND best AS one
      RETURN 'topics' AS branch, id AS from, one[0] AS to, one[1..] AS columns`,
  },
  derivations: {
    from: 'word',
    kind: 'derivation',
    cypher: `UNWIND $word AS id
      MATCH (:Word {id: id})-[r:DERIVED_FROM]-(w:Word)
      WITH id, r, w ORDER BY startNode(r).id <> id, w.verses DESC
      WITH id, collect([w.id, startNode(r).id = id])[0..$most] AS best
      UNWIND best AS one
      RETURN 'derivations' AS branch, id AS from, one[0] AS to, one[1..] AS columns`,
  },
  uses: {
    from: 'word',
    kind: 'word',
    cypher: `UNWIND $word AS id
      MATCH (w:Word {id: id}) WHERE w.verses <= $upTo
      MATCH (w)<-[r:USES_WORD]-(p:Passage)
      WITH id, r, p ORDER BY p.connections DESC, p.order
      WITH id, collect([p.id, r.forms])[0..$most] AS best
      UNWIND best AS one
      RETURN 'uses' AS branch, id AS from, one[0] AS to, one[1..] AS columns`,
  },
  mentions: {
    from: 'name',
    kind: 'name',
    cypher: `UNWIND $name AS id
      MATCH (n:Name {id: id}) WHERE n.verses <= $upTo
      MATCH (n)<-[:MENTIONS]-(p:Passage)
      WITH DISTINCT id, n, p ORDER BY p.connections DESC, p.order
      WITH id, n, collect(p.id)[0..$most] AS best
      UNWIND best AS one
      RETURN 'mentions' AS branch, id AS from, one AS to, [n.label] AS columns`,
  },
  seeAlso: {
    from: 'topic',
    kind: 'topic',
    cypher: `UNWIND $topic AS id
      MATCH (t:Topic {id: id})-[:SEE_ALSO]->(other:Topic)
      WITH id, t, other ORDER BY other.name
      WITH id, t, collect([other.id, other.name])[0..$most] AS best
      UNWIND best AS one
      RETURN 'seeAlso' AS branch, id AS from, one[0] AS to, [one[1], t.name] AS columns`,
  },
  about: {
    from: 'topic',
    kind: 'topic',
    cypher: `UNWIND $topic AS id
      MATCH (t:Topic {id: id}) WHERE t.passages <= $upTo
      MATCH (t)-[:ABOUT]->(p:Passage)
      WITH id, t, p ORDER BY p.connections DESC, p.order
      WITH id, t, collect(p.id)[0..$most] AS best
      UNWIND best AS one
      RETURN 'about' AS branch, id AS from, one AS to, [t.name] AS columns`,
  },
} as const satisfies Record<string, Branch>;

export type BranchName = keyof typeof branches;
/** All branches, in the order of the round robin. */
export const branchNames = Object.keys(branches) as readonly BranchName[];

/**
 * Steps from several nodes by several branches, in one query.
 * @param upTo words, names and topics of more verses than this are not followed to their verses
 */
export function findSteps(
  graph: GraphReader,
  names: readonly BranchName[],
  sources: Sources,
  { most, upTo }: { readonly most: number; readonly upTo: number },
): Promise<StepRow[]> {
  if (names.length === 0) return Promise.resolve([]);
  return graph.query(
    'study-map',
    names.map((name) => branches[name].cypher).join('\nUNION ALL\n'),
    { ...sources, most, upTo },
    (row) => ({
      branch: text(row, 'branch') as BranchName,
      from: text(row, 'from'),
      to: text(row, 'to'),
      columns: Array.isArray(row.columns) ? row.columns : [],
    }),
  );
}
