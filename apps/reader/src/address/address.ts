import type { ConnectionKind, VolumeId } from '@gospelib/contracts';

/** Every state of the reader has an address; these functions are the only ones that write them. */

/**
 * The page of a passage.
 * @param id canonical: `alma.32`, `alma.32.21`, `alma.32.21-23`, or `matt.5.48..matt.6.1`, which opens where it starts
 */
export function passagePath(id: string): string {
  const [start = '', end] = id.split('..');
  const [book = '', chapter, verses] = start.split('.');
  if (!chapter) return `/${book}`;
  if (!verses) return `/${book}/${chapter}`;
  return `/${book}/${chapter}/${verses}${end ? '-' : ''}`;
}

/** The address of a place in a chapter: the page begins at the verse, without selecting it. */
export function placePath({ id, verse }: { readonly id: string; readonly verse: number }): string {
  return verse > 1 ? `${passagePath(id)}#v${verse}` : passagePath(id);
}

/** The content of a verse's panel: a kind of connection, or the first kind that exists. */
export type PanelView = ConnectionKind | 'connections';

export function connectionsPath(id: string, view: PanelView = 'connections'): string {
  return `${passagePath(id)}?show=${view}`;
}

const panelViews: ReadonlySet<string> = new Set<PanelView>([
  'connections',
  'cross-reference',
  'quotation',
  'word',
  'name',
  'topic',
  'commentary',
]);

export function parsePanelView(value: string | null): PanelView | undefined {
  return value !== null && panelViews.has(value) ? (value as PanelView) : undefined;
}

export type SearchAddress = {
  readonly q: string;
  readonly volume?: string | undefined;
  readonly book?: string | undefined;
};

export function searchPath({ q, volume, book }: SearchAddress): string {
  const params = new URLSearchParams({ q });
  if (volume) params.set('volume', volume);
  if (book) params.set('book', book);
  return `/search?${params}`;
}

const volumeIds: ReadonlySet<string> = new Set<VolumeId>([
  'ot',
  'nt',
  'bofm',
  'dc-testament',
  'pgp',
]);

export function parseVolumeId(value: string | null): VolumeId | undefined {
  return value !== null && volumeIds.has(value) ? (value as VolumeId) : undefined;
}

export const wordPath = (strongs: string): string => `/word/${strongs}`;
export const namePath = (id: string): string => `/name/${encodeURIComponent(id)}`;
export const topicPath = (slug: string): string => `/topic/${encodeURIComponent(slug)}`;

/** The part of a path that identifies the page; the verses of a chapter are states of its page. */
export function pageOf(pathname: string): string {
  return pathname.split('/').slice(0, 3).join('/');
}
