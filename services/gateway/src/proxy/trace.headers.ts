import type { FastifyRequest } from 'fastify';

const none: readonly string[] = [];

/**
 * Tells the page that this request's trace is sent, so that the page sends its own part of it and of no other. Only the
 * gateway decides: otherwise anybody could have everything traced. https://www.w3.org/TR/server-timing/
 */
export function traceHeaders({ trace }: FastifyRequest): readonly string[] {
  if (trace.recordedId === undefined) return none;
  return ['server-timing', `traceparent;desc="${trace.traceparent()}"`];
}
