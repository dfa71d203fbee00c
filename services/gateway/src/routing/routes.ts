import { ProblemError, type Service } from '@gospelib/service-kit';
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { Gatekeeper } from '../identity/gatekeeper.ts';
import { acceptBodies } from '../proxy/request.body.ts';
import type { ServiceName } from '../proxy/service.rules.ts';
import { absent } from '../proxy/upstream.problem.ts';
import { LateRefusals } from '../rate-limit/late.refusals.ts';
import type { RateLimits } from '../rate-limit/rate.limits.ts';
import {
  limitOpenRequests,
  limitSignIns,
  limitUsers,
  limitWork,
  type OpenLimits,
} from '../rate-limit/rate-limit.hooks.ts';
import type { WorkBudget } from '../rate-limit/work.budget.ts';
import type { RouteRule } from './route.table.ts';

export type Forward = (request: FastifyRequest, reply: FastifyReply) => void;

export interface RouteDependencies {
  /** Undefined for a service that this installation does not have. */
  forwardTo: (service: ServiceName) => Forward | undefined;
  /** Without it no caller can be identified, and only public routes are open. */
  gatekeeper: Gatekeeper | undefined;
  limits: RateLimits;
  open: OpenLimits;
  work: WorkBudget;
}

/** What counts the requests of a caller to all routes together. */
interface SharedByRoutes {
  limitOpen: ReturnType<typeof limitOpenRequests>;
  refusals: LateRefusals;
}

/** Registers the routes of the table, each with its hooks. */
export function registerRoutes(
  app: Service,
  dependencies: RouteDependencies,
  table: readonly RouteRule[],
): void {
  acceptBodies(app);
  app.decorateRequest('identity');
  app.decorateRequest('work');
  const refusals = new LateRefusals();
  const limitOpen = limitOpenRequests(dependencies.open, refusals);
  for (const rule of table) {
    const { path, methods, body } = rule;
    app.route({
      method: [...methods],
      url: path,
      config: { ...(body && { body }) },
      ...inFront(rule, dependencies, { limitOpen, refusals }),
    });
  }
  for (const url of ['/api', '/api/*']) {
    app.get(url, () => {
      throw new ProblemError('no-such-route');
    });
  }
}

/**
 * A missing service is reported first, then access is checked; a route that names a guard is never registered without
 * it.
 */
function inFront(
  { service, access, signIn, cost = 1 }: RouteRule,
  { forwardTo, gatekeeper, limits, work }: RouteDependencies,
  { limitOpen, refusals }: SharedByRoutes,
): { onRequest: onRequestHookHandler[]; handler: Forward } {
  const forward = forwardTo(service);
  if (forward === undefined || (gatekeeper === undefined && access !== 'public')) {
    const refuse: onRequestHookHandler = (_request, _reply, done) => done(absent(service));
    return { onRequest: [refuse], handler: () => undefined };
  }
  const onRequest = signIn ? [limitSignIns(limits)] : [];
  if (gatekeeper) onRequest.push(gatekeeper.guard(access));
  onRequest.push(limitUsers(limits, cost, refusals), limitOpen(cost), limitWork(work));
  return { onRequest, handler: forward };
}
