import type {
  Bookmark,
  BookmarkInput,
  ChapterMarksResponse,
  Collection,
  CollectionInput,
  ContinueResponse,
  Highlight,
  HighlightColor,
  HighlightInput,
  HistoryInput,
  HistoryResponse,
  Note,
  NoteInput,
  NoteSearchResponse,
  PaletteResponse,
  SharedCollection,
  ShareResponse,
  StudyList,
  TagsResponse,
} from '@gospelib/contracts';
import { apiUrl, getJson, type Query, sendJson } from './client.request.ts';
import type { CallOptions, ClientOptions, PageOptions } from './client.ts';

/** What a reader keeps, by its name in addresses: what is sent of each, and what is kept. */
export type StudyContent = {
  notes: { input: NoteInput; item: Note };
  highlights: { input: HighlightInput; item: Highlight };
  bookmarks: { input: BookmarkInput; item: Bookmark };
  collections: { input: CollectionInput; item: Collection };
};
export type StudyKind = keyof StudyContent;

/** `passage`: what touches these verses. `color` narrows highlights only. */
export type MarkQuery = PageOptions & {
  readonly tag?: string | undefined;
  readonly book?: string | undefined;
  readonly passage?: string | undefined;
  readonly color?: HighlightColor | undefined;
};
export type NoteSearchQuery = Omit<MarkQuery, 'passage' | 'color'> & { readonly q: string };

/** How a write is done once, and over nothing that its writer has not seen. */
export type WriteOptions = {
  /** The version that is changed; for something new, `absent`. */
  readonly base: number | 'absent';
  /** The same for each attempt: 8 to 64 letters, digits, - or _. */
  readonly key: string;
};

/**
 * What the signed-in reader makes; give it a `fetch` that brings the reader's token. Each throws what `getJson` throws;
 * an `ApiError` of status 412 or 428 carries both texts (`StudyConflict`) in its `problem`, and nothing was written.
 */
export type StudyClient = {
  /** @param chapter canonical id, e.g. `alma.32` */
  chapterMarks(chapter: string, options?: CallOptions): Promise<ChapterMarksResponse>;
  /** The newest change first. */
  list<K extends StudyKind>(
    kind: K,
    query?: MarkQuery,
    options?: CallOptions,
  ): Promise<StudyList<StudyContent[K]['item']>>;
  get<K extends StudyKind>(
    kind: K,
    id: string,
    options?: CallOptions,
  ): Promise<StudyContent[K]['item']>;
  /** Replaces something, or makes it under an id (UUIDv7) of one's own. */
  put<K extends StudyKind>(
    kind: K,
    id: string,
    input: StudyContent[K]['input'],
    options: WriteOptions,
  ): Promise<StudyContent[K]['item']>;
  /** Answers what was deleted. */
  remove<K extends StudyKind>(
    kind: K,
    id: string,
    options: WriteOptions & { readonly base: number },
  ): Promise<StudyContent[K]['item']>;
  searchNotes(query: NoteSearchQuery, options?: CallOptions): Promise<NoteSearchResponse>;
  tags(options?: CallOptions): Promise<TagsResponse>;
  palette(options?: CallOptions): Promise<PaletteResponse>;
  /** @param label what the reader calls the colour; null for no name */
  nameColor(color: HighlightColor, label: string | null): Promise<void>;
  share(id: string): Promise<ShareResponse>;
  unshare(id: string): Promise<void>;
  /** Open to everybody who has the link. */
  shared(link: string, options?: CallOptions): Promise<SharedCollection>;
  history(query?: PageOptions, options?: CallOptions): Promise<HistoryResponse>;
  continue(options?: CallOptions): Promise<ContinueResponse>;
  recordPlace(chapter: string, place: HistoryInput): Promise<void>;
  /** @param chapter without one, everything is forgotten */
  forgetPlaces(chapter?: string): Promise<void>;
};

/** Makes a typed client of study; it keeps no state. */
export function createStudyClient({ baseUrl, fetch: send = fetch }: ClientOptions): StudyClient {
  const address = (path: readonly string[], query?: Query) =>
    apiUrl(baseUrl, ['study', ...path], query);
  const get = <T>(path: readonly string[], query: Query = {}, options: CallOptions = {}) =>
    getJson<T>(send, address(path, query), options.signal);
  const change = <T>(
    method: 'PUT' | 'DELETE',
    path: readonly string[],
    body?: unknown,
    headers: Record<string, string> = {},
  ) => sendJson<T>(send, method, address(path), { body, headers });

  return {
    chapterMarks: (chapter, options) => get(['chapters', chapter, 'marks'], {}, options),
    list: (kind, query, options) => get([kind], query, options),
    get: (kind, id, options) => get([kind, id], {}, options),
    put: (kind, id, input, options) => change('PUT', [kind, id], input, headersOf(options)),
    remove: (kind, id, options) => change('DELETE', [kind, id], undefined, headersOf(options)),
    searchNotes: (query, options) => get(['search'], query, options),
    tags: (options) => get(['tags'], {}, options),
    palette: (options) => get(['palette'], {}, options),
    nameColor: (color, label) => change('PUT', ['palette', color], { label }),
    share: (id) => change('PUT', ['collections', id, 'share']),
    unshare: (id) => change('DELETE', ['collections', id, 'share']),
    shared: (link, options) => get(['shared', link], {}, options),
    history: (query, options) => get(['history'], query, options),
    continue: (options) => get(['continue'], {}, options),
    recordPlace: (chapter, place) => change('PUT', ['history', chapter], place),
    forgetPlaces: (chapter) =>
      change('DELETE', chapter === undefined ? ['history'] : ['history', chapter]),
  };
}

function headersOf({ base, key }: WriteOptions): Record<string, string> {
  const condition: Record<string, string> =
    base === 'absent' ? { 'if-none-match': '*' } : { 'if-match': `"${base}"` };
  return { 'idempotency-key': key, ...condition };
}
