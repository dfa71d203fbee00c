import type { HighlightColor } from '@gospelib/contracts';
import { parseColor } from '../marks/colors.ts';

export const NOTEBOOK_PATH = '/notebook';
export const COLLECTIONS_PATH = '/collections';
export const HISTORY_PATH = '/history';

/** The views of a notebook: all items of one kind, or those that are only on this device. */
export type NotebookView = 'notes' | 'highlights' | 'bookmarks' | 'unsaved';
const NOTEBOOK_VIEWS: readonly NotebookView[] = ['notes', 'highlights', 'bookmarks', 'unsaved'];

export type NotebookAddress = {
  readonly view: NotebookView;
  /** Words to look for in notes. */
  readonly q?: string | undefined;
  readonly tag?: string | undefined;
  readonly color?: HighlightColor | undefined;
  /** Slug of a book. */
  readonly book?: string | undefined;
};

export function notebookPath({ view, q, tag, color, book }: NotebookAddress): string {
  const params = new URLSearchParams();
  if (view !== 'notes') params.set('show', view);
  if (q) params.set('q', q);
  if (tag) params.set('tag', tag);
  if (color) params.set('color', color);
  if (book) params.set('book', book);
  return params.size > 0 ? `${NOTEBOOK_PATH}?${params}` : NOTEBOOK_PATH;
}

/** The page of one note. */
export const notePath = (id: string): string => `${NOTEBOOK_PATH}/${id}`;

export function parseNotebook(params: URLSearchParams): NotebookAddress {
  const view = NOTEBOOK_VIEWS.find((each) => each === params.get('show')) ?? 'notes';
  return {
    view,
    q: params.get('q') ?? undefined,
    tag: params.get('tag') ?? undefined,
    color: parseColor(params.get('color')),
    book: params.get('book') ?? undefined,
  };
}

export const UNSAVED_PATH: string = notebookPath({ view: 'unsaved' });

export const collectionPath = (id: string): string => `/collections/${id}`;
/** The page of a shared list, for whoever has its link. */
export const sharedPath = (link: string): string => `/shared/${link}`;
