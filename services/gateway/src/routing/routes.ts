import { ProblemError, type Service } from '@gospelib/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requireAccess } from './access.ts';
import type { RouteRule, UpstreamName } from './route.table.ts';

export type Forward = (request: FastifyRequest, reply: FastifyReply) => void;

/** Registers the table, each line with its access rule in front of the handler that forwards. */
export function registerRoutes(
  app: Service,
  forwardTo: Readonly<Record<UpstreamName, Forward>>,
  table: readonly RouteRule[],
): void {
  // Bodies are small (see the kit's limits) and arrive whole, so that a service behind never waits for a slow sender.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  for (const { path, upstream, access, methods } of table) {
    app.route({
      method: [...methods],
      url: path,
      onRequest: requireAccess(access),
      handler: (request, reply) => forwardTo[upstream](request, reply),
    });
  }
  for (const url of ['/api', '/api/*']) {
    app.get(url, () => {
      throw new ProblemError('no-such-route');
    });
  }
}
