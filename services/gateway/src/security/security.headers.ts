/** For pages: one origin, no inline script or style, nothing embedded, and no embedding. */
const pagePolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
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

const sets = {
  page: flat({ ...always, 'content-security-policy': pagePolicy }),
  pageHttps: flat({ ...always, ...https, 'content-security-policy': pagePolicy }),
  api: flat({ ...always, 'content-security-policy': apiPolicy }),
  apiHttps: flat({ ...always, ...https, 'content-security-policy': apiPolicy }),
};

/** Names and values alternate. Built once, so that a request only chooses. */
export function securityHeaders(url: string, secure: boolean): Flat {
  if (isApi(url)) return secure ? sets.apiHttps : sets.api;
  return secure ? sets.pageHttps : sets.page;
}

/** Headers never taken from a service, since the gateway sets them. */
export const securityNames: ReadonlySet<string> = new Set(
  sets.pageHttps.filter((_, index) => index % 2 === 0),
);

export function isApi(url: string): boolean {
  return url.startsWith('/api/') || url === '/api';
}
