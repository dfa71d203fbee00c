import type { SearchQuery } from '@gospelib/client';
import { createClient } from '@gospelib/client';
import type {
  BookResponse,
  ChapterResponse,
  ConnectionsResponse,
  CorpusResponse,
  MapEdgeKind,
  NameResponse,
  SearchResponse,
  StudyMapResponse,
  TopicResponse,
  TopicsResponse,
  VolumesResponse,
  WordResponse,
} from '@gospelib/contracts';
import { reportReached, reportSavedCopy } from '../offline/offline.store.ts';
import type { Request } from '../resource/use.resource.ts';
import { SAVED_HEADER } from '../service-worker/saved.header.ts';

/** Longer than any answer takes; shorter than a reader's patience. */
const TIMEOUT = 15_000;

/** Fetches like the browser does, with a limit of time, and notices copies that the service worker had saved. */
async function send(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  const response = await fetch(input, { ...init, signal });
  if (response.headers.has(SAVED_HEADER)) reportSavedCopy();
  else if (response.ok) reportReached();
  return response;
}

export const client = createClient({ baseUrl: '', fetch: send });

/** What pages ask for, each with the key under which it is kept. */
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
