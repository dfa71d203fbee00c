const pages = new Set([
  'search',
  'topics',
  'topic',
  'sources',
  'notebook',
  'collections',
  'history',
  'account',
  'shared',
  'word',
  'name',
  'map',
]);

/** Which kind of page an address is: `/:book/:chapter`, `/search`; never which one. */
export function placeOf(pathname: string): string {
  const [first, second] = pathname.split('/').filter(Boolean);
  if (first === undefined) return '/';
  if (pages.has(first)) return second === undefined ? `/${first}` : `/${first}/:id`;
  return second === undefined ? '/:book' : '/:book/:chapter';
}

/** A payload without what addresses of this site tell of a reader: what was searched for, notes, shared links. */
export function withoutPlaces(json: string): string {
  return json
    .replace(/(https?:\/\/[^\s"\\?#]*)[?#][^\s"\\]*/g, '$1')
    .replace(/\/(shared|notebook|collections)\/[^\s"\\/?#]+/g, '/$1/:id');
}
