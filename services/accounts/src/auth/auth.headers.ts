import type { FastifyReply, FastifyRequest } from 'fastify';
import { userAgentOf } from '../event/event.log.ts';
import { clientAddress } from '../http/client.address.ts';

/** The headers of a request that better-auth gets to see: its cookies, and who sent it. */
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

/** Passes better-auth's cookies on; none of its other headers are sent. */
export function sendCookies(reply: FastifyReply, headers: Headers | null | undefined): void {
  const cookies = headers?.getSetCookie() ?? [];
  if (cookies.length > 0) reply.header('set-cookie', cookies);
}
