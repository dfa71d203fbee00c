import type { FastifyRequest } from 'fastify';
import { StreamedBody } from './request.body.ts';
import type { ServiceRules } from './service.rules.ts';

/**
 * The caller's headers that every service receives; further ones are in its rules. All others are dropped, so that
 * nobody can impersonate someone with a header that a service trusts.
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

/** The headers for a service: names and values alternate. */
export function requestHeaders(request: FastifyRequest, rules: ServiceRules): string[] {
  const out = [
    'x-request-id',
    request.id,
    'traceparent',
    request.trace.traceparent(),
    'x-forwarded-for',
    request.clientAddress,
  ];
  const { headers, body } = request;
  for (const names of [forwarded, rules.requestHeaders]) {
    for (const name of names) {
      const value = headers[name];
      if (typeof value === 'string') out.push(name, value);
    }
  }
  // The length of a body that was read whole is known.
  const length = headers['content-length'];
  if (length !== undefined && body instanceof StreamedBody) out.push('content-length', length);
  return out;
}
