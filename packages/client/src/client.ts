import type {
  BookResponse,
  ChapterResponse,
  ConnectionKind,
  ConnectionsResponse,
  CorpusResponse,
  MapEdgeKind,
  NameResponse,
  PassagesResponse,
  ResolveResponse,
  SearchResponse,
  StudyMapResponse,
  TopicResponse,
  TopicsResponse,
  VolumeId,
  VolumesResponse,
  WordResponse,
  WordsResponse,
} from '@gospelib/contracts';
import { apiUrl, getJson, type Query } from './client.request.ts';

export type ClientOptions = {
  /** Origin of the gateway without a trailing slash; empty for the page's own origin. */
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
};

export type CallOptions = { readonly signal?: AbortSignal | undefined };
/** `limit` is the page size; `cursor` is the `next` of the previous page. */
export type PageOptions = { readonly cursor?: string | undefined; readonly limit?: number };
export type ConnectionsQuery = PageOptions & { readonly kind?: ConnectionKind };
export type SearchQuery = PageOptions & {
  readonly q: string;
  readonly volume?: VolumeId | undefined;
  readonly book?: string | undefined;
};
export type TextQuery = PageOptions & { readonly q: string };
export type StudyMapQuery = {
  readonly depth?: number;
  readonly kinds?: readonly MapEdgeKind[] | undefined;
  readonly limit?: number;
};

/** The routes of the API, one method each; all throw what `getJson` throws. */
export type Client = {
  volumes(options?: CallOptions): Promise<VolumesResponse>;
  book(slug: string, options?: CallOptions): Promise<BookResponse>;
  /** @param id canonical id of a chapter, e.g. `alma.32` */
  chapter(id: string, options?: CallOptions): Promise<ChapterResponse>;
  /** @param reference a canonical id, a range, or what a person typed */
  passages(reference: string, options?: CallOptions): Promise<PassagesResponse>;
  /** @param id canonical id of a verse or a range, e.g. `alma.32.21` or `alma.32.21-23` */
  connections(
    id: string,
    query?: ConnectionsQuery,
    options?: CallOptions,
  ): Promise<ConnectionsResponse>;
  resolve(q: string, options?: CallOptions): Promise<ResolveResponse>;
  search(query: SearchQuery, options?: CallOptions): Promise<SearchResponse>;
  /** @param strongs Strong's number, e.g. `H7225`; the cursor pages its concordance */
  word(strongs: string, query?: PageOptions, options?: CallOptions): Promise<WordResponse>;
  words(query: TextQuery, options?: CallOptions): Promise<WordsResponse>;
  name(id: string, query?: PageOptions, options?: CallOptions): Promise<NameResponse>;
  topics(query?: Partial<TextQuery>, options?: CallOptions): Promise<TopicsResponse>;
  topic(slug: string, query?: PageOptions, options?: CallOptions): Promise<TopicResponse>;
  /** @param id canonical id of a verse, Strong's number, name id or topic slug */
  studyMap(id: string, query?: StudyMapQuery, options?: CallOptions): Promise<StudyMapResponse>;
  corpus(options?: CallOptions): Promise<CorpusResponse>;
  /** The API's description, generated from the contracts. */
  openApi(options?: CallOptions): Promise<Record<string, unknown>>;
};

/** Creates a typed, stateless client of the API. */
export function createClient({ baseUrl, fetch: send = fetch }: ClientOptions): Client {
  const get = <T>(path: readonly string[], query: Query = {}, options: CallOptions = {}) =>
    getJson<T>(send, apiUrl(baseUrl, path, query), options.signal);

  return {
    volumes: (options) => get(['volumes'], {}, options),
    book: (slug, options) => get(['books', slug], {}, options),
    chapter: (id, options) => get(['chapters', id], {}, options),
    passages: (reference, options) => get(['passages', reference], {}, options),
    connections: (id, query, options) => get(['passages', id, 'connections'], query, options),
    resolve: (q, options) => get(['resolve'], { q }, options),
    search: (query, options) => get(['search'], query, options),
    word: (strongs, query, options) => get(['words', strongs], query, options),
    words: (query, options) => get(['words'], query, options),
    name: (id, query, options) => get(['names', id], query, options),
    topics: (query, options) => get(['topics'], query, options),
    topic: (slug, query, options) => get(['topics', slug], query, options),
    studyMap: (id, query, options) => get(['graph', id], query, options),
    corpus: (options) => get(['corpus'], {}, options),
    openApi: (options) => get(['openapi.json'], {}, options),
  };
}
