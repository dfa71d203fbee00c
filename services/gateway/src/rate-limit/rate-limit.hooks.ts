import type { Service } from '@gospelib/service-kit';
import type { onRequestHookHandler } from 'fastify';
import { clientKey } from './client.key.ts';
import type { RateLimits } from './rate.limits.ts';

/** Not limited: probes come from the platform, perhaps from an address shared with strangers. */
const unlimited: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics']);

/** Refuses requests of an address beyond its limit, before any other work. */
export function limitAddresses(app: Service, limits: RateLimits): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (unlimited.has(request.url)) done();
    else done(limits.count(request, 'address', clientKey(request.ip)));
  });
}

/** For routes where passwords and mailed links are tried. */
export function limitSignIns(limits: RateLimits): onRequestHookHandler {
  return (request, _reply, done) => {
    done(limits.count(request, 'sign-in', clientKey(request.ip)));
  };
}

/** For routes whose caller is known: one account is one reader, whatever the number of addresses. */
export function limitUsers(limits: RateLimits): onRequestHookHandler {
  return (request, _reply, done) => {
    const { identity } = request;
    done(identity && limits.count(request, 'user', identity.userId));
  };
}
