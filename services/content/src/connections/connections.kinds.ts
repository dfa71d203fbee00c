import type { Connection, ConnectionKind } from '@gospelib/contracts';
import type { Corpus } from '../corpus/corpus.ts';
import {
  commentaryReason,
  crossReferenceReason,
  nameReason,
  quotationReason,
  topicReason,
  wordReason,
} from './connections.reason.ts';
import {
  type CrossReferenceRow,
  readCommentary,
  readNames,
  readQuotations,
  readReferencesFrom,
  readReferencesTo,
  readTopics,
  readWordUses,
} from './connections.repository.ts';

/** Connections of one kind, best first; made only for the page that is shown. */
export interface RankedConnections {
  readonly total: number;
  at(place: number): Connection;
}

type ReadConnections = (corpus: Corpus, id: string) => Promise<RankedConnections>;

/** How the connections of a verse are found, by kind. */
export const readConnections: Readonly<Record<ConnectionKind, ReadConnections>> = {
  'cross-reference': async (corpus, id) => {
    const [to, from] = await Promise.all([
      readReferencesTo(corpus.graph, id),
      readReferencesFrom(corpus.graph, id),
    ]);
    const make = (row: CrossReferenceRow, place: number): Connection => {
      const direction = place >= to.length ? 'from' : row.reciprocal ? 'both' : 'to';
      return {
        kind: 'cross-reference',
        passage: corpus.passages.get(row.id),
        direction,
        sharedNeighbours: row.shared,
        reason: crossReferenceReason(row, direction),
        derived: false,
      };
    };
    return ranked([...to, ...from], make);
  },
  quotation: async (corpus, id) =>
    ranked(await readQuotations(corpus.graph, id), (row) => ({
      kind: 'quotation',
      passage: corpus.passages.get(row.id),
      direction: row.quotes ? 'quotes' : 'quoted-by',
      sharedShingles: row.shared,
      similarity: row.jaccard,
      reason: quotationReason(row),
      derived: true,
    })),
  word: async (corpus, id) =>
    ranked(await readWordUses(corpus.graph, id), (row) => {
      const { summary, verses } = corpus.words.require(row.strongs);
      const reason = wordReason(row, summary.language);
      return { kind: 'word', word: summary, forms: [...row.forms], verses, reason, derived: false };
    }),
  name: async (corpus, id) =>
    ranked(await readNames(corpus.graph, id), ({ id: name, label, verses }) => ({
      kind: 'name',
      name: { id: name, label },
      verses,
      reason: nameReason(label),
      derived: true,
    })),
  topic: async (corpus, id) =>
    ranked(await readTopics(corpus.graph, id), (topic) => ({
      kind: 'topic',
      topic,
      reason: topicReason(topic.name),
      derived: false,
    })),
  commentary: async (corpus, id) =>
    ranked(await readCommentary(corpus.graph, id), (row) => ({
      kind: 'commentary',
      ...row,
      reason: commentaryReason(row),
      derived: false,
    })),
};

function ranked<Row>(
  rows: readonly Row[],
  make: (row: Row, place: number) => Connection,
): RankedConnections {
  return {
    total: rows.length,
    at(place) {
      const row = rows[place];
      if (row === undefined) throw new RangeError(`There is no connection ${place}.`);
      return make(row, place);
    },
  };
}
