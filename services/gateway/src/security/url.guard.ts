/**
 * Refused in a URL, because two servers could interpret it differently: anything that does not start with `/` (absolute
 * form, `*`), `//`, `\`, dot segments, encoded slashes and controls, bytes outside ASCII.
 */
const outsideAscii = /[^\x21-\x7e]/;
const ambiguousPath = /\/\/|\\|%(?:2f|5c|[01][0-9a-f]|7f)|(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;

/** The fault of a request target; undefined when there is none. In the query only the characters are restricted. */
export function urlFault(url: string): string | undefined {
  if (!url.startsWith('/')) return 'Only addresses that begin with / are served.';
  if (outsideAscii.test(url)) return 'Characters outside ASCII must be percent-encoded.';
  const end = url.indexOf('?');
  if (ambiguousPath.test(end < 0 ? url : url.slice(0, end))) {
    return 'The path holds a double slash, a dot segment, or an encoded slash or control character.';
  }
  return undefined;
}

/** A host with an optional port, as in a Host header. */
const hostForm = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

export function hostFault(host: string): string | undefined {
  return host.length <= 255 && hostForm.test(host) ? undefined : 'The Host header is malformed.';
}
