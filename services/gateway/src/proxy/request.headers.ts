import type { FastifyRequest } from 'fastify';
import { StreamedBody } from './request.body.ts';
import type { ServiceRules } from './service.rules.ts';

/**
 * What every service behind gets to see of a caller's headers, further ones as its rules say; everything else stays
 * outside, so that nobody can pass themselves off as someone by a header that a service believes.
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
export function requestHeaders(request: FastifyRequest, rules: ServiceRules): string[] {
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
  const { headers, body } = request;
  for (const names of [forwarded, rules.requestHeaders]) {
    for (const name of names) {
      const value = headers[name];
      if (typeof value === 'string') out.push(name, value);
    }
  }
  // Of a body that is here the length is known.
  const length = headers['content-length'];
  if (length !== undefined && body instanceof StreamedBody) out.push('content-length', length);
  return out;
}
