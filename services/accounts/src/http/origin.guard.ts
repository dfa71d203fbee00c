import { ProblemError, type Service } from '@gospelib/service-kit';
import type { FastifyRequest } from 'fastify';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses requests that another site makes a browser send with the reader's cookie (cross-site request forgery, and
 * signing somebody in to another's account). Every browser sends Origin or Sec-Fetch-Site with unsafe requests;
 * programs
 * that send neither may pass, unless they send a cookie.
 */
export function guardOrigin(app: Service, origins: readonly string[]): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (safe.has(request.method) || isOwn(request, origins)) done();
    else done(new ProblemError('forbidden', 'This request comes from another site.'));
  });
}

function isOwn({ headers }: FastifyRequest, origins: readonly string[]): boolean {
  const { origin, referer } = headers;
  if (origin !== undefined) return origins.includes(origin);
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (headers.cookie === undefined) return true;
  return (
    referer !== undefined && URL.canParse(referer) && origins.includes(new URL(referer).origin)
  );
}
