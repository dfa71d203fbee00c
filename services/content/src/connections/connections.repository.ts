import type { GraphReader } from '@gospelib/graph';
import { flag, number, text } from '../graph/row.read.ts';

export interface CrossReferenceRow {
  readonly id: string;
  readonly shared: number;
  /** The other verse refers back. */
  readonly reciprocal: boolean;
}

/** References that a source states at this verse, best first. */
export function readReferencesTo(graph: GraphReader, id: string): Promise<CrossReferenceRow[]> {
  return graph.query(
    'cross-references-to',
    `MATCH (:Passage {id: $id})-[r:CROSS_REF]->(q:Passage)
     RETURN q.id AS id, r.shared AS shared, r.reciprocal AS reciprocal ORDER BY r.rank`,
    { id },
    readCrossReference,
  );
}

/** References to this verse from verses that it does not refer to itself, most shared first. */
export function readReferencesFrom(graph: GraphReader, id: string): Promise<CrossReferenceRow[]> {
  return graph.query(
    'cross-references-from',
    `MATCH (:Passage {id: $id})<-[r:CROSS_REF]-(q:Passage) WHERE NOT r.reciprocal
     RETURN q.id AS id, r.shared AS shared, r.reciprocal AS reciprocal
     ORDER BY r.shared DESC, q.order`,
    { id },
    readCrossReference,
  );
}

function readCrossReference(row: Parameters<typeof text>[0]): CrossReferenceRow {
  return {
    id: text(row, 'id'),
    shared: number(row, 'shared'),
    reciprocal: flag(row, 'reciprocal'),
  };
}

export interface QuotationRow {
  readonly id: string;
  readonly shared: number;
  readonly jaccard: number;
  /** True when the verse asked for quotes the other one. */
  readonly quotes: boolean;
}

/** Quotations in both directions, most alike first. */
export function readQuotations(graph: GraphReader, id: string): Promise<QuotationRow[]> {
  return graph.query(
    'quotations',
    `MATCH (p:Passage {id: $id})-[r:QUOTES]-(q:Passage)
     RETURN q.id AS id, r.shared AS shared, r.jaccard AS jaccard, startNode(r).id = $id AS quotes
     ORDER BY r.jaccard DESC, q.order`,
    { id },
    (row) => ({
      id: text(row, 'id'),
      shared: number(row, 'shared'),
      jaccard: number(row, 'jaccard'),
      quotes: flag(row, 'quotes'),
    }),
  );
}

export interface WordUseRow {
  readonly strongs: string;
  readonly forms: readonly string[];
}

/** Words of a verse in the order in which they stand in it. */
export function readWordUses(graph: GraphReader, id: string): Promise<WordUseRow[]> {
  return graph.query(
    'word-uses',
    // The ingest writes a verse's words in their order, and edges are numbered as they are written.
    `MATCH (:Passage {id: $id})-[r:USES_WORD]->(w:Word)
     RETURN w.id AS strongs, r.forms AS forms ORDER BY id(r)`,
    { id },
    (row) => ({
      strongs: text(row, 'strongs'),
      forms: text(row, 'forms')
        .split(' ')
        .filter((form) => form !== ''),
    }),
  );
}

export interface NameRow {
  readonly id: string;
  readonly label: string;
  readonly verses: number;
}

export function readNames(graph: GraphReader, id: string): Promise<NameRow[]> {
  return graph.query(
    'verse-names',
    `MATCH (:Passage {id: $id})-[r:MENTIONS]->(n:Name)
     RETURN n.id AS id, n.label AS label, n.verses AS verses ORDER BY id(r)`,
    { id },
    (row) => ({ id: text(row, 'id'), label: text(row, 'label'), verses: number(row, 'verses') }),
  );
}

export interface TopicRow {
  readonly slug: string;
  readonly name: string;
}

/** Topics that list this verse, the most particular first. */
export function readTopics(graph: GraphReader, id: string): Promise<TopicRow[]> {
  return graph.query(
    'verse-topics',
    `MATCH (:Passage {id: $id})<-[:ABOUT]-(t:Topic)
     RETURN t.id AS slug, t.name AS name ORDER BY t.passages, t.id`,
    { id },
    (row) => ({ slug: text(row, 'slug'), name: text(row, 'name') }),
  );
}

export interface CommentaryRow {
  readonly source: string;
  readonly text: string;
  readonly covers: string;
}

export function readCommentary(graph: GraphReader, id: string): Promise<CommentaryRow[]> {
  return graph.query(
    'commentary',
    `MATCH (:Passage {id: $id})<-[:COMMENTS_ON]-(c:Commentary)
     RETURN c.source AS source, c.text AS text, c.covers AS covers ORDER BY c.source, c.id`,
    { id },
    (row) => ({
      source: text(row, 'source'),
      text: text(row, 'text'),
      covers: text(row, 'covers'),
    }),
  );
}
