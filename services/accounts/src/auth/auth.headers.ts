import type { FastifyReply, FastifyRequest } from 'fastify';
import { userAgentOf } from '../event/event.log.ts';
import { clientAddress } from '../http/client.address.ts';

/** What the library gets to see of a request: its cookies, and who sent it. */
export function authHeaders(request: FastifyRequest): Headers {
  const headers = new Headers({
    'x-forwarded-for': clientAddress(request),
    'x-request-id': request.id,
  });
  const { cookie } = request.headers;
  const agent = userAgentOf(request);
  if (cookie !== undefined) headers.set('cookie', cookie);
  if (agent !== undefined) headers.set('user-agent', agent);
  return headers;
}

/** Passes the library's cookies on; nothing else of its headers is ours to send. */
export function sendCookies(reply: FastifyReply, headers: Headers | null | undefined): void {
  const cookies = headers?.getSetCookie() ?? [];
  if (cookies.length > 0) reply.header('set-cookie', cookies);
}
