import { createService, type Service } from '@gospelib/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayConfig } from './config.ts';
import { Cors } from './cors/cors.ts';
import { answerPreflights } from './cors/preflight.routes.ts';
import { Exchange } from './proxy/exchange.ts';
import { Upstream } from './proxy/upstream.ts';
import { limitRates, rateHeaders } from './rate-limit/rate-limit.hook.ts';
import { type RouteRule, routeTable } from './routing/route.table.ts';
import { registerRoutes } from './routing/routes.ts';
import { isPrivateCaller } from './security/private.caller.ts';
import { guardRequests } from './security/request.guard.ts';
import { isApi, securityHeaders } from './security/security.headers.ts';

/** The one way in. What it serves is in `routing/route.table.ts`. */
export async function buildApp(
  config: GatewayConfig,
  table: readonly RouteRule[] = routeTable,
): Promise<Service> {
  const app = await createService({
    name: 'gateway',
    config,
    edge: true,
    trustProxy: config.TRUST_PROXY,
    metricsFor: isPrivateCaller,
  });
  const content = new Upstream('content', config.CONTENT_URL, config.UPSTREAM_TIMEOUT_MS);
  const reader = new Upstream('reader', config.READER_URL, config.UPSTREAM_TIMEOUT_MS);
  const cors = new Cors(config.CORS_ORIGINS);

  const ownHeaders = (request: FastifyRequest): string[] => [
    ...securityHeaders(request.url, request.protocol === 'https'),
    ...(isApi(request.url) ? cors.headers(request.headers.origin) : []),
    ...rateHeaders(request, config.RATE_LIMIT_PER_MINUTE),
    'x-request-id',
    request.id,
  ];
  app.addHook('onSend', (request, reply, _payload, done) => {
    const own = ownHeaders(request);
    for (let i = 0; i < own.length; i += 2) reply.header(own[i] ?? '', own[i + 1]);
    done();
  });

  limitRates(app, { redisUrl: config.REDIS_URL, perMinute: config.RATE_LIMIT_PER_MINUTE });
  guardRequests(app);
  answerPreflights(app, cors);
  const forwardTo = (upstream: Upstream) => (request: FastifyRequest, reply: FastifyReply) =>
    new Exchange(request, reply, upstream, ownHeaders).start();
  registerRoutes(app, { content: forwardTo(content), reader: forwardTo(reader) }, table);

  for (const upstream of [content, reader]) {
    app.readiness.add(upstream.name, (signal) => upstream.ready(signal));
    app.addHook('onClose', () => upstream.close());
  }
  return app;
}
