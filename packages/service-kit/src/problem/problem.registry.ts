/**
 * Every error that GospeLib's APIs answer with: its code (the last part of the problem's `type`),
 * its HTTP status and its title. A new error is a new line here.
 */
export const problems = {
  'bad-request': { status: 400, title: 'The request is malformed' },
  'bad-url': { status: 400, title: 'The address is malformed' },
  'invalid-input': { status: 400, title: 'The input is not valid' },
  'bad-cursor': { status: 400, title: 'The cursor does not belong to this list' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'This is not yours to see' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'no-such-route': { status: 404, title: 'The API has no such address' },
  'text-not-in-corpus': { status: 404, title: 'The text of this reference is not in the corpus' },
  'method-not-allowed': { status: 405, title: 'The address does not support this method' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'ambiguous-reference': { status: 409, title: 'The reference could mean several passages' },
  'limit-reached': { status: 409, title: 'There is no room for more' },
  'version-conflict': { status: 412, title: 'It was changed elsewhere in the meantime' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'url-too-long': { status: 414, title: 'The address is too long' },
  'unsupported-media-type': { status: 415, title: 'The body is of an unsupported type' },
  'range-not-satisfiable': { status: 416, title: 'There is no such part' },
  'expectation-failed': { status: 417, title: 'The expectation cannot be met' },
  'key-reused': { status: 422, title: 'The idempotency key was used for another request' },
  'version-required': { status: 428, title: 'Say which version is to be changed' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  internal: { status: 500, title: 'Something went wrong' },
  'bad-gateway': { status: 502, title: 'The service behind gave no valid answer' },
  unavailable: { status: 503, title: 'The service is not available' },
  'store-unavailable': { status: 503, title: 'The store does not answer' },
  'no-corpus': { status: 503, title: 'No corpus is active' },
  'corpus-damaged': { status: 503, title: 'The corpus is damaged and is being mended' },
  'not-ready': { status: 503, title: 'The service is not ready' },
  'gateway-timeout': { status: 504, title: 'The service behind did not answer in time' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

const byStatus = new Map<number, ProblemCode>([
  [400, 'bad-request'],
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [405, 'method-not-allowed'],
  [408, 'request-timeout'],
  [413, 'body-too-large'],
  [414, 'url-too-long'],
  [415, 'unsupported-media-type'],
  [416, 'range-not-satisfiable'],
  [417, 'expectation-failed'],
  [429, 'too-many-requests'],
  [431, 'headers-too-large'],
  [502, 'bad-gateway'],
  [503, 'unavailable'],
  [504, 'gateway-timeout'],
]);

/** The generic code for a status; other 4xx are `bad-request`, everything else is `internal`. */
export function problemCodeOfStatus(status: number): ProblemCode {
  return byStatus.get(status) ?? (status >= 400 && status < 500 ? 'bad-request' : 'internal');
}
