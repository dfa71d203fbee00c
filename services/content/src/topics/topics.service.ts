import type { TopicResponse, TopicsResponse } from '@gospelib/contracts';
import { ProblemError } from '@gospelib/service-kit';
import { decodeCursor, nextCursor } from '../answer/cursor.ts';
import type { Corpus } from '../corpus/corpus.ts';
import { referenceOf } from '../passages/passages.index.ts';
import {
  countAbout,
  countTopics,
  findTopic,
  readAbout,
  readSeeAlso,
  readTopicList,
} from './topics.repository.ts';

interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Topics by name, those that begin with `q` first; none in the default corpus. @throws ProblemError `bad-cursor` */
export async function listTopics(
  { graph, version }: Corpus,
  q: string | undefined,
  { cursor, limit }: PageRequest,
): Promise<TopicsResponse> {
  const part = (q ?? '').toLowerCase();
  const list = JSON.stringify(['topics', version, part]);
  const offset = decodeCursor(list, cursor);
  const [total, items] = await Promise.all([
    countTopics(graph, part),
    readTopicList(graph, part, offset, limit),
  ]);
  return { total, items, ...nextCursor(list, offset + items.length, total) };
}

/** @throws ProblemError `not-found`, which says when topics need the full corpus; `bad-cursor` */
export async function readTopic(
  corpus: Corpus,
  slug: string,
  { cursor, limit }: PageRequest,
): Promise<TopicResponse> {
  const { graph, version, manifest } = corpus;
  const list = JSON.stringify(['topic', version, slug]);
  const offset = decodeCursor(list, cursor);
  const [topic, seeAlso, total, ids] = await Promise.all([
    findTopic(graph, slug),
    readSeeAlso(graph, slug),
    countAbout(graph, slug),
    readAbout(graph, slug, offset, limit),
  ]);
  if (!topic) {
    const why = manifest.edition === 'default' ? ' Topics come with the full corpus.' : '';
    throw new ProblemError('not-found', `There is no topic "${slug}".${why}`);
  }
  const items = ids.map((id) => itemOf(corpus, id));
  return {
    ...topic,
    seeAlso,
    about: { total, items, ...nextCursor(list, offset + items.length, total) },
  };
}

function itemOf({ passages }: Corpus, id: string): TopicResponse['about']['items'][number] {
  if (passages.placeOf(id) !== undefined) return passages.get(id);
  return { id, reference: referenceOf(id) };
}
