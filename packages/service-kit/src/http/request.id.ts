import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const wellFormed = /^[A-Za-z0-9._-]{8,64}$/;

/** Takes over a well-formed `X-Request-Id` where the sender is trusted, otherwise makes one. */
export function requestIdOf(request: IncomingMessage, trusted: boolean): string {
  const given = trusted ? request.headers['x-request-id'] : undefined;
  return typeof given === 'string' && wellFormed.test(given) ? given : randomUUID();
}
