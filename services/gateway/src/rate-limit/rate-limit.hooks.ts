import { ProblemError, type Service } from '@gospelib/service-kit';
import type { onRequestHookHandler } from 'fastify';
import type { LateRefusals } from './late.refusals.ts';
import { OpenRequests } from './open.requests.ts';
import type { RateLimits } from './rate.limits.ts';
import { type Cost, costOf } from './request.cost.ts';
import { RequestWork } from './request.work.ts';
import type { WorkBudget } from './work.budget.ts';

/** Not limited: probes come from the platform, perhaps from an address shared with strangers. */
const unlimited: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics']);

/** Refuses requests of an address beyond its limit, before any other work. */
export function limitAddresses(app: Service, limits: RateLimits): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (unlimited.has(request.url)) done();
    else done(limits.count(request, 'address', request.subscriber, 1));
  });
}

/** For routes where passwords and mailed links are tried. */
export function limitSignIns(limits: RateLimits): onRequestHookHandler {
  return (request, _reply, done) => {
    done(limits.count(request, 'sign-in', request.subscriber, 1));
  };
}

/**
 * For routes whose caller may be known: one account is one reader, whatever the number of addresses. What a request of
 * an unknown caller costs beyond 1 is counted for the address.
 */
export function limitUsers(
  limits: RateLimits,
  cost: Cost,
  refusals: LateRefusals,
): onRequestHookHandler {
  return (request, _reply, done) => {
    const { identity } = request;
    const counts = costOf(cost, request);
    if (identity) {
      const refused = limits.count(request, 'user', identity.userId, counts);
      if (refused) refusals.refuse(identity.userId, () => done(refused));
      else done();
    } else if (counts === 1) done();
    else done(limits.count(request, 'address', request.subscriber, counts - 1));
  };
}

/** The cost that one account, or one address of those who are not signed in, may have open at this gateway. */
export interface OpenLimits {
  user: number;
  address: number;
}

/** Makes hooks that refuse a caller who has too many requests open, so that nobody takes all connections to a service. */
export function limitOpenRequests(
  limits: OpenLimits,
  refusals: LateRefusals,
): (cost: Cost) => onRequestHookHandler {
  const users = new OpenRequests(limits.user);
  const addresses = new OpenRequests(limits.address);
  const tooMany = {
    user: tooManyOpen(limits.user, 'of one account'),
    address: tooManyOpen(limits.address, 'from one network'),
  };
  return (cost) => (request, reply, done) => {
    const { identity } = request;
    const open = identity ? users : addresses;
    const key = identity ? identity.userId : request.subscriber;
    const counts = costOf(cost, request);
    if (open.enter(key, counts)) {
      reply.raw.on('close', () => open.leave(key, counts));
      done();
    } else refusals.refuse(key, () => done(identity ? tooMany.user() : tooMany.address()));
  };
}

/** For routes whose caller may be known: what the services do for one account is bounded. */
export function limitWork(budget: WorkBudget): onRequestHookHandler {
  return (request, reply, done) => {
    const { identity } = request;
    if (identity === undefined) {
      done();
      return;
    }
    const turn = budget.enter(identity.userId);
    const work = new RequestWork(turn);
    request.work = work;
    reply.raw.on('close', () => work.close());
    turn.start(done);
  };
}

function tooManyOpen(limit: number, whose: string): () => ProblemError {
  const detail = `At most ${limit} requests at once ${whose}, where costly ones count for several; wait for the others.`;
  return () => new ProblemError('too-many-requests', detail, { retryAfter: 1 });
}
