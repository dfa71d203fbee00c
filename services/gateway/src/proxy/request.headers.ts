import type { FastifyRequest } from 'fastify';

/**
 * What a service behind gets to see of a caller's headers; everything else stays outside, so that nobody can pass
 * themselves off as someone by a header that a service believes.
 */
const forwarded = [
  'accept',
  'accept-encoding',
  'accept-language',
  'content-type',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'range',
  'user-agent',
] as const;

/** Names and values in turn, for the service behind. */
export function requestHeaders(request: FastifyRequest): string[] {
  const out = [
    'x-request-id',
    request.id,
    'traceparent',
    request.trace.traceparent(),
    'x-forwarded-for',
    request.ip,
    'x-forwarded-proto',
    request.protocol === 'https' ? 'https' : 'http',
    'x-forwarded-host',
    request.host,
  ];
  const { headers } = request;
  for (const name of forwarded) {
    const value = headers[name];
    if (typeof value === 'string') out.push(name, value);
  }
  return out;
}
