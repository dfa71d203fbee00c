import type { TopicResponse, TopicsResponse } from '@gospelib/contracts';
import type { GraphReader } from '@gospelib/graph';
import { number, text } from '../graph/row.read.ts';

type TopicItem = TopicsResponse['items'][number];
type TopicSummary = TopicResponse['seeAlso'][number];

/** All topics, or those whose name contains a text (lower case), by name. */
export function readTopicList(
  graph: GraphReader,
  part: string,
  skip: number,
  limit: number,
): Promise<TopicItem[]> {
  return graph.query(
    'topics',
    `MATCH (t:Topic) WHERE $part = '' OR toLower(t.name) CONTAINS $part
     RETURN t.id AS slug, t.name AS name, t.passages AS passages
     ORDER BY NOT toLower(t.name) STARTS WITH $part, t.name, t.id SKIP $skip LIMIT $limit`,
    { part, skip, limit },
    (row) => ({
      slug: text(row, 'slug'),
      name: text(row, 'name'),
      passages: number(row, 'passages'),
    }),
  );
}

export async function countTopics(graph: GraphReader, part: string): Promise<number> {
  const [total = 0] = await graph.query(
    'topics-total',
    `MATCH (t:Topic) WHERE $part = '' OR toLower(t.name) CONTAINS $part RETURN count(t) AS total`,
    { part },
    (row) => number(row, 'total'),
  );
  return total;
}

export async function findTopic(
  graph: GraphReader,
  slug: string,
): Promise<TopicSummary | undefined> {
  const [topic] = await graph.query(
    'topic',
    'MATCH (t:Topic {id: $slug}) RETURN t.id AS slug, t.name AS name',
    { slug },
    (row) => ({ slug: text(row, 'slug'), name: text(row, 'name') }),
  );
  return topic;
}

export function readSeeAlso(graph: GraphReader, slug: string): Promise<TopicSummary[]> {
  return graph.query(
    'topic-see-also',
    `MATCH (:Topic {id: $slug})-[:SEE_ALSO]->(t:Topic)
     RETURN t.id AS slug, t.name AS name ORDER BY t.name, t.id`,
    { slug },
    (row) => ({ slug: text(row, 'slug'), name: text(row, 'name') }),
  );
}

export async function countAbout(graph: GraphReader, slug: string): Promise<number> {
  const [total = 0] = await graph.query(
    'topic-about-total',
    'MATCH (:Topic {id: $slug})-[r:ABOUT]->() RETURN count(r) AS total',
    { slug },
    (row) => number(row, 'total'),
  );
  return total;
}

/** Ids of what a topic points to: whole books, then whole chapters, then verses, each in canonical order. */
export function readAbout(
  graph: GraphReader,
  slug: string,
  skip: number,
  limit: number,
): Promise<string[]> {
  return graph.query(
    'topic-about',
    `MATCH (:Topic {id: $slug})-[:ABOUT]->(p)
     RETURN p.id AS id, labels(p)[0] AS label ORDER BY label, p.order SKIP $skip LIMIT $limit`,
    { slug, skip, limit },
    (row) => text(row, 'id'),
  );
}
