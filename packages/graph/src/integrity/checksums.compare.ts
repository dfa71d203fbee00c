import type { GraphChecksums } from '../content/graph.digest.ts';
import type { Difference } from './graph.difference.ts';

type Sums = GraphChecksums['nodes'];

/** The names of those whose rows differ, in number or content. */
export function differing(expected: Sums, actual: Sums): string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...names].filter((name) => expected[name]?.checksum !== actual[name]?.checksum);
}

/**
 * Labels and types with the right number of rows but wrong content, and books. Wrong numbers are found by
 * `compareCounts`.
 */
export function compareChecksums(expected: GraphChecksums, actual: GraphChecksums): Difference[] {
  const books = (sums: Sums): Sums =>
    Object.fromEntries(Object.entries(sums).map(([book, sum]) => [`Passage of ${book}`, sum]));
  const inBooks = compareSums(books(expected.books), books(actual.books));
  return [
    ...compareSums(expected.nodes, actual.nodes).filter(({ kind }) => kind === 'checksum'),
    ...inBooks,
    ...compareSums(expected.edges, actual.edges).filter(({ kind }) => kind === 'checksum'),
  ];
}

function compareSums(expected: Sums, actual: Sums): Difference[] {
  const none = { rows: 0, checksum: '' };
  return differing(expected, actual).map((subject): Difference => {
    const [want, have] = [expected[subject] ?? none, actual[subject] ?? none];
    if (want.rows !== have.rows) {
      const detail = `${subject}: ${have.rows} instead of ${want.rows}.`;
      return { kind: 'count', subject, expected: want.rows, actual: have.rows, detail };
    }
    const detail = `${subject}: as many as there should be, but with other content.`;
    return { kind: 'checksum', subject, expected: want.checksum, actual: have.checksum, detail };
  });
}
