/** Percent-encodings of characters that never need one (RFC 3986 §2.3): letters, digits and `-._~`. */
const needless = /%(?:2d|2e|5f|7e|3[0-9]|[46][1-9a-f]|[57][0-9a])/gi;

/** The path with such characters decoded, so that one address has one form; the query stays as it is. */
export function normalizeUrl(url: string): string {
  if (!url.includes('%')) return url;
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  const normal = path.replace(needless, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  );
  return end < 0 ? normal : normal + url.slice(end);
}
