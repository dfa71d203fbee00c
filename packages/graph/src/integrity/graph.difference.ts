/** One difference between a graph and what was activated. */
export interface Difference {
  kind:
    | 'no-graph'
    | 'no-manifest'
    | 'manifest-altered'
    | 'no-record'
    | 'record-altered'
    | 'count'
    | 'checksum'
    | 'node-missing'
    | 'node-altered'
    | 'node-unknown'
    | 'node-doubled'
    | 'edges-altered'
    | 'dangling-edge'
    | 'duplicate-edge'
    | 'unknown-nodes'
    | 'unknown-edges'
    | 'missing-index';
  /** A label, an edge type, `Passage of <book>`, `Label.property`, or the id of a node. */
  subject: string;
  expected?: number | string;
  actual?: number | string;
  /** A sentence for people. */
  detail: string;
}

/**
 * Whether readers may get wrong answers. Without an index answers are right but slow; without a record nothing is known
 * to be wrong; where the record is what was altered, a backup vouches for the graph.
 */
export function isHarmful({ kind }: Difference): boolean {
  return kind !== 'missing-index' && kind !== 'no-record' && kind !== 'record-altered';
}

/** The most of a kind that are named; the rest are counted. */
const NAMED = 20;

/** The first differences of each kind and the number of the others; edges last. */
export function nameFirst(differences: readonly Difference[]): Difference[] {
  const kinds = [...Map.groupBy(differences, ({ kind }) => kind)];
  const isEdges = ([kind]: readonly [string, unknown]): number =>
    kind === 'edges-altered' ? 1 : 0;
  kinds.sort((one, other) => isEdges(one) - isEdges(other));
  return kinds.flatMap(([kind, all]) => {
    const more = all.length - NAMED;
    if (more <= 0) return all;
    const rest = { kind, subject: 'more', actual: more, detail: `… and ${more} more of the kind.` };
    return [...all.slice(0, NAMED), rest];
  });
}
