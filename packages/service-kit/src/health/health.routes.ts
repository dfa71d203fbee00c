import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../problem/problem.error.ts';
import type { Service } from '../service/service.types.ts';

/**
 * `GET /health` (the process answers, and which build it is), `/ready` (it can do its work), `/metrics` (Prometheus).
 */
export function healthRoutes(
  app: Service,
  metricsFor: (request: FastifyRequest) => boolean = () => true,
): void {
  const hidden = { schema: { hide: true } };
  app.get('/health', hidden, (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok', ...app.build }),
  );

  app.get('/ready', hidden, async (request, reply) => {
    const failures = await app.readiness.failures();
    if (failures.length > 0) {
      for (const { name, reason, cause } of failures) {
        request.log.warn({ check: name, reason, err: cause }, 'not ready');
      }
      const names = failures.map((failure) => failure.name).join(', ');
      throw new ProblemError('not-ready', `Not ready: ${names}.`, {
        retryAfter: 1,
        errors: failures.map(({ name, reason }) => ({ path: name, message: reason })),
      });
    }
    return reply
      .header('cache-control', 'no-store')
      .send({ status: 'ready', checks: app.readiness.names });
  });

  app.get('/metrics', hidden, async (request, reply) => {
    if (!metricsFor(request)) throw new ProblemError('no-such-route');
    return reply
      .header('cache-control', 'no-store')
      .header('content-type', app.metrics.registry.contentType)
      .send(await app.metrics.registry.metrics());
  });
}
