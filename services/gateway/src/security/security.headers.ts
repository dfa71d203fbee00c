/** For pages: one origin, no inline script or style, nothing embedded, and no embedding. */
const pagePolicy = (reachable: readonly string[]): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    ["connect-src 'self'", ...reachable].join(' '),
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

const apiPolicy = "default-src 'none'; frame-ancestors 'none'";

const always: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

const https = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };

export type Flat = readonly string[];

const flat = (headers: Readonly<Record<string, string>>): Flat => Object.entries(headers).flat();

const api = { ...always, 'content-security-policy': apiPolicy };

/** For what is read by its link alone: no search engine lists the link, and no other site learns it. */
const unlisted = { 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' };

const both = (headers: Readonly<Record<string, string>>): { http: Flat; https: Flat } => ({
  http: flat(headers),
  https: flat({ ...headers, ...https }),
});

const headerSets = (reachable: readonly string[]) => {
  const page = { ...always, 'content-security-policy': pagePolicy(reachable) };
  return {
    page: both(page),
    api: both(api),
    sharedPage: both({ ...page, ...unlisted }),
    sharedApi: both({ ...api, ...unlisted }),
  };
};

/** Names and values alternate. @param url with its path normalised */
export type SecurityHeaders = (url: string, secure: boolean) => Flat;

/**
 * Built once, so that a request only chooses.
 * @param reachable origins that pages may send to, beside their own
 */
export function securityHeadersFor(reachable: readonly string[]): SecurityHeaders {
  const sets = headerSets(reachable);
  return (url, secure) => {
    const set = isApi(url)
      ? sets[url.startsWith('/api/v1/study/shared/') ? 'sharedApi' : 'api']
      : sets[url.startsWith('/shared/') ? 'sharedPage' : 'page'];
    return secure ? set.https : set.http;
  };
}

export const securityHeaders: SecurityHeaders = securityHeadersFor([]);

/** Headers never taken from a service, since the gateway sets them. */
export const securityNames: ReadonlySet<string> = new Set(
  headerSets([]).sharedPage.https.filter((_, index) => index % 2 === 0),
);

export function isApi(url: string): boolean {
  return url.startsWith('/api') && (url.length === 4 || url[4] === '/' || url[4] === '?');
}
