import { ProblemError, type Service } from '@gospelib/service-kit';
import type { FastifyRequest } from 'fastify';
import { clientKey } from './client.key.ts';
import { RateLimiter, type Verdict } from './rate.limiter.ts';
import { RedisCounts } from './redis.counts.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** undefined for requests that are not limited. */
    rateVerdict: Verdict | undefined;
  }
}

export interface RateLimitOptions {
  redisUrl: string;
  perMinute: number;
}

const windowMs = 60_000;
/** How stale the counts of the other gateways may be, ms. */
const flushEvery = 100;

/** Probes come from the platform, perhaps through an address that strangers share. */
const unlimited: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics']);

/** Refuses, before anything else is done for them, the requests of an address beyond its limit. */
export function limitRates(app: Service, { redisUrl, perMinute }: RateLimitOptions): void {
  const shared = new RedisCounts(redisUrl, windowMs, app.log);
  const limiter = new RateLimiter({ limit: perMinute, windowMs, shared });
  shared.open().catch((error: unknown) => app.log.debug({ err: error }, 'redis was never there'));
  const timer = setInterval(() => void limiter.flush(), flushEvery);
  app.addHook('onClose', async () => {
    clearInterval(timer);
    shared.close();
  });
  app.metrics.gauge('gateway_rate_limit_shared', '1 while counts are shared through Redis.', () =>
    shared.available ? 1 : 0,
  );

  app.decorateRequest('rateVerdict');
  app.addHook('onRequest', (request, _reply, done) => {
    if (unlimited.has(request.url)) {
      done();
      return;
    }
    const verdict = limiter.take(clientKey(request.ip));
    request.rateVerdict = verdict;
    if (verdict.allowed) done();
    else done(tooMany(verdict, perMinute));
  });
}

function tooMany({ retryAfterSeconds }: Verdict, perMinute: number): ProblemError {
  const detail = `At most ${perMinute} requests a minute; try again in ${retryAfterSeconds} s.`;
  return new ProblemError('too-many-requests', detail, { retryAfter: retryAfterSeconds });
}

/** https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
export function rateHeaders(request: FastifyRequest, perMinute: number): readonly string[] {
  const verdict = request.rateVerdict;
  if (verdict === undefined) return [];
  return [
    'ratelimit-policy',
    `"address";q=${perMinute};w=60`,
    'ratelimit',
    `"address";r=${verdict.remaining};t=${verdict.resetSeconds}`,
  ];
}
