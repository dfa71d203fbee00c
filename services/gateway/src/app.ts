import {
  createService,
  isPrivateCaller,
  type Service,
  type ServiceIdentity,
} from '@gospelib/service-kit';
import type { FastifyRequest } from 'fastify';
import manifest from '../package.json' with { type: 'json' };
import type { GatewayConfig } from './config.ts';
import { Cors } from './cors/cors.ts';
import { answerPreflights } from './cors/preflight.routes.ts';
import { Pseudonyms } from './identity/pseudonym.ts';
import { openGatekeeper } from './identity/token.verification.ts';
import { Exchange } from './proxy/exchange.ts';
import type { ServiceName } from './proxy/service.rules.ts';
import { traceHeaders } from './proxy/trace.headers.ts';
import { openUpstreams, type Upstreams } from './proxy/upstreams.ts';
import { rateHeaders } from './rate-limit/rate.headers.ts';
import { RateLimits } from './rate-limit/rate.limits.ts';
import { limitAddresses } from './rate-limit/rate-limit.hooks.ts';
import { shareOf, WorkBudget } from './rate-limit/work.budget.ts';
import { methodsBehind } from './routing/methods.behind.ts';
import { type RouteRule, routeTable } from './routing/route.table.ts';
import { type Forward, registerRoutes } from './routing/routes.ts';
import { guardRequests } from './security/request.guard.ts';
import { isApi, securityHeaders, securityHeadersFor } from './security/security.headers.ts';

export const identity: ServiceIdentity = { name: 'gateway', version: manifest.version };

/** What the benchmark replaces to learn what a duty costs; the service itself never does. */
export interface Duties {
  limits: typeof RateLimits;
  headers: typeof securityHeaders;
}

const allDuties: Duties = { limits: RateLimits, headers: securityHeaders };

/** The only service that is reached from outside. `routing/route.table.ts` lists what it serves. */
export async function buildApp(
  config: GatewayConfig,
  table: readonly RouteRule[] = routeTable,
  duties: Duties = allDuties,
): Promise<Service> {
  const pseudonyms = new Pseudonyms();
  const app = await createService({
    ...identity,
    config,
    edge: true,
    trustProxy: config.TRUST_PROXY,
    metricsFor: isPrivateCaller,
    callerOf: ({ identity }) => identity && pseudonyms.of(identity.userId),
    methodsOf: (url, known) => methodsBehind(upstreams, table, url, known),
    // Long enough for streamed bodies, see `proxy/request.body.ts`; all others must arrive sooner.
    limits: { requestTimeoutMs: 120_000 },
  });
  const cors = new Cors(config.CORS_ORIGINS);
  const headersOf =
    config.FARO_URL === undefined
      ? duties.headers
      : securityHeadersFor([new URL(config.FARO_URL).origin]);
  const ownHeaders = (request: FastifyRequest, out: string[]): void => {
    const { url } = request;
    out.push(...headersOf(url, request.protocol === 'https'));
    if (isApi(url)) out.push(...cors.headers(request.headers.origin));
    out.push(...rateHeaders(request), ...traceHeaders(request), 'x-request-id', request.id);
  };
  app.addHook('onSend', (request, reply, _payload, done) => {
    const own: string[] = [];
    ownHeaders(request, own);
    for (let i = 0; i < own.length; i += 2) reply.header(own[i] ?? '', own[i + 1]);
    done();
  });

  const limits = new duties.limits(app, config.redisUrl, {
    address: config.RATE_LIMIT_PER_MINUTE,
    user: config.RATE_LIMIT_USER_PER_MINUTE,
    'sign-in': config.RATE_LIMIT_SIGN_IN_PER_MINUTE,
  });
  limitAddresses(app, limits);
  app.unrouted.guardWith({
    admit: (address) => limits.countAddress(address),
    headers: () => securityHeaders('/api', false),
  });
  guardRequests(app);
  answerPreflights(app, cors);

  const upstreams: Upstreams = openUpstreams(app, config);
  const forwardTo = (name: ServiceName): Forward | undefined => {
    const upstream = upstreams[name];
    return (
      upstream && ((request, reply) => new Exchange(request, reply, upstream, ownHeaders).start())
    );
  };
  const gatekeeper = config.issuer && openGatekeeper(app, config.issuer, config.redisUrl);
  const open = { user: config.OPEN_COST_PER_USER, address: config.OPEN_COST_PER_ADDRESS };
  const work = new WorkBudget(shareOf(config.WORK_MS_PER_USER));
  registerRoutes(app, { forwardTo, gatekeeper, limits, open, work }, table);
  return app;
}
