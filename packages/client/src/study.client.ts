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

/** Each kind of item by its name in URLs: what is sent, and what is stored. */
export type StudyContent = {
  notes: { input: NoteInput; item: Note };
  highlights: { input: HighlightInput; item: Highlight };
  bookmarks: { input: BookmarkInput; item: Bookmark };
  collections: { input: CollectionInput; item: Collection };
};
export type StudyKind = keyof StudyContent;

/** `passage` selects marks that touch these verses. `color` narrows highlights only. */
export type MarkQuery = PageOptions & {
  readonly tag?: string | undefined;
  readonly book?: string | undefined;
  readonly passage?: string | undefined;
  readonly color?: HighlightColor | undefined;
};
export type NoteSearchQuery = Omit<MarkQuery, 'passage' | 'color'> & { readonly q: string };

/** Make a write idempotent, and keep it from overwriting a version that its writer has not seen. */
export type WriteOptions = {
  /** The version to change; `absent` for a new item. */
  readonly base: number | 'absent';
  /** The same for every attempt: 8 to 64 letters, digits, - or _. */
  readonly key: string;
};

/**
 * Everything a signed-in reader makes; needs a `fetch` that adds the reader's token. Each throws what `getJson` throws;
 * an `ApiError` with status 412 or 428 has both versions (`StudyConflict`) in its `problem`, and nothing was written.
 */
export type StudyClient = {
  /** @param chapter canonical id, e.g. `alma.32` */
  chapterMarks(chapter: string, options?: CallOptions): Promise<ChapterMarksResponse>;
  /** Newest change first. */
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
  /** Replaces an item, or creates it under an id (UUIDv7) chosen by the caller. */
  put<K extends StudyKind>(
    kind: K,
    id: string,
    input: StudyContent[K]['input'],
    options: WriteOptions,
  ): Promise<StudyContent[K]['item']>;
  /** Returns the deleted item. */
  remove<K extends StudyKind>(
    kind: K,
    id: string,
    options: WriteOptions & { readonly base: number },
  ): Promise<StudyContent[K]['item']>;
  searchNotes(query: NoteSearchQuery, options?: CallOptions): Promise<NoteSearchResponse>;
  tags(options?: CallOptions): Promise<TagsResponse>;
  palette(options?: CallOptions): Promise<PaletteResponse>;
  /** @param label the reader's name for the colour; null removes it */
  nameColor(color: HighlightColor, label: string | null): Promise<void>;
  share(id: string): Promise<ShareResponse>;
  unshare(id: string): Promise<void>;
  /** Open to everyone who has the link. */
  shared(link: string, options?: CallOptions): Promise<SharedCollection>;
  history(query?: PageOptions, options?: CallOptions): Promise<HistoryResponse>;
  continue(options?: CallOptions): Promise<ContinueResponse>;
  recordPlace(chapter: string, place: HistoryInput): Promise<void>;
  /** @param chapter without it, all places are forgotten */
  forgetPlaces(chapter?: string): Promise<void>;
};

/** Creates a typed, stateless client of the study service. */
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
