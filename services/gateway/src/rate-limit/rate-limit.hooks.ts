import type { Service } from '@gospelib/service-kit';
import type { onRequestHookHandler } from 'fastify';
import { clientKey } from './client.key.ts';
import type { RateLimits } from './rate.limits.ts';

/** Probes come from the platform, perhaps through an address that strangers share. */
const unlimited: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics']);

/** Refuses, before anything else is done for them, the requests of an address beyond its limit. */
export function limitAddresses(app: Service, limits: RateLimits): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (unlimited.has(request.url)) done();
    else done(limits.count(request, 'address', clientKey(request.ip)));
  });
}

/** In front of a route where passwords and mailed links are tried. */
export function limitSignIns(limits: RateLimits): onRequestHookHandler {
  return (request, _reply, done) => {
    done(limits.count(request, 'sign-in', clientKey(request.ip)));
  };
}

/** In front of a route, once it is known who asks: whatever the number of addresses, one account is one reader. */
export function limitUsers(limits: RateLimits): onRequestHookHandler {
  return (request, _reply, done) => {
    const { identity } = request;
    done(identity && limits.count(request, 'user', identity.userId));
  };
}
