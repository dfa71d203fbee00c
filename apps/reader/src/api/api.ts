import type { SearchQuery } from '@gospelib/client';
import { createClient } from '@gospelib/client';
import type {
  BookResponse,
  ChapterResponse,
  ConnectionsResponse,
  CorpusResponse,
  MapEdgeKind,
  NameResponse,
  PassagesResponse,
  SearchResponse,
  StudyMapResponse,
  TopicResponse,
  TopicsResponse,
  VolumesResponse,
  WordResponse,
} from '@gospelib/contracts';
import type { Request } from '../resource/use.resource.ts';
import { sendWithin, USUAL_LIMIT } from './send.ts';

export const client = createClient({ baseUrl: '', fetch: sendWithin(USUAL_LIMIT) });

/** The requests of pages, each with its cache key. */
export const requests = {
  volumes: (): Request<VolumesResponse> => ({
    key: 'volumes',
    load: (signal) => client.volumes({ signal }),
  }),
  book: (slug: string): Request<BookResponse> => ({
    key: `book ${slug}`,
    load: (signal) => client.book(slug, { signal }),
  }),
  chapter: (id: string): Request<ChapterResponse> => ({
    key: `chapter ${id}`,
    load: (signal) => client.chapter(id, { signal }),
  }),
  passages: (id: string): Request<PassagesResponse> => ({
    key: `passages ${id}`,
    load: (signal) => client.passages(id, { signal }),
  }),
  connections: (id: string): Request<ConnectionsResponse> => ({
    key: `connections ${id}`,
    load: (signal) => client.connections(id, {}, { signal }),
  }),
  search: (query: SearchQuery): Request<SearchResponse> => ({
    key: `search ${JSON.stringify(query)}`,
    load: (signal) => client.search(query, { signal }),
  }),
  word: (strongs: string): Request<WordResponse> => ({
    key: `word ${strongs}`,
    load: (signal) => client.word(strongs, {}, { signal }),
  }),
  name: (id: string): Request<NameResponse> => ({
    key: `name ${id}`,
    load: (signal) => client.name(id, {}, { signal }),
  }),
  topics: (q: string | undefined): Request<TopicsResponse> => ({
    key: `topics ${q ?? ''}`,
    load: (signal) => client.topics(q ? { q } : {}, { signal }),
  }),
  topic: (slug: string): Request<TopicResponse> => ({
    key: `topic ${slug}`,
    load: (signal) => client.topic(slug, {}, { signal }),
  }),
  studyMap: (
    id: string,
    depth: number,
    kinds: readonly MapEdgeKind[] | undefined,
    limit: number,
  ): Request<StudyMapResponse> => ({
    key: `map ${id} ${depth} ${kinds?.join() ?? ''} ${limit}`,
    load: (signal) => client.studyMap(id, { depth, kinds, limit }, { signal }),
  }),
  corpus: (): Request<CorpusResponse> => ({
    key: 'corpus',
    load: (signal) => client.corpus({ signal }),
  }),
};
