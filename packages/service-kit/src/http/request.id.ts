import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const wellFormed = /^[A-Za-z0-9._-]{8,64}$/;

/** Uses a well-formed `X-Request-Id` from a trusted sender, otherwise creates one. */
export function requestIdOf(request: IncomingMessage, trusted: boolean): string {
  const given = trusted ? request.headers['x-request-id'] : undefined;
  return typeof given === 'string' && wellFormed.test(given) ? given : randomUUID();
}
