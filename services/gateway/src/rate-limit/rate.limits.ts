import { ProblemError, type Service, subscriberOf } from '@gospelib/service-kit';
import type { FastifyRequest } from 'fastify';
import { RateLimiter, type Verdict } from './rate.limiter.ts';
import { RedisCounts } from './redis.counts.ts';

/** What is counted: all requests of an address, all of a user, sign-in attempts of an address. */
export type QuotaName = 'address' | 'user' | 'sign-in';

/** Requests allowed per minute, by quota. */
export type Quotas = Readonly<Record<QuotaName, number>>;

/** The state of one quota after counting a request. */
export interface Counted {
  quota: QuotaName;
  /** As the headers of an answer tell it. */
  policy: string;
  verdict: Verdict;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The quotas that counted the request; undefined for requests that are not limited. */
    counted: Counted[] | undefined;
  }
}

const windowMs = 60_000;
/** How old the counts of the other gateways may be, ms. */
const flushEvery = 100;

/** The object of the sentence in a refusal. */
const wholes: Readonly<Record<QuotaName, string>> = {
  address: 'requests a minute from one network',
  user: 'requests a minute of one account',
  'sign-in': 'attempts a minute from one network',
};

/** The quotas of this gateway, whose counts are shared with the other gateways through Redis. */
export class RateLimits {
  readonly #quotas: Quotas;
  readonly #policies: Readonly<Record<QuotaName, string>>;
  readonly #limiters: Readonly<Record<QuotaName, RateLimiter>>;

  constructor(app: Service, redisUrl: () => string, quotas: Quotas) {
    const redis = new RedisCounts(redisUrl, windowMs, app.log);
    const limiter = (quota: QuotaName): RateLimiter =>
      new RateLimiter({ limit: quotas[quota], windowMs, shared: redis.of(quota) });
    this.#quotas = quotas;
    const policy = (quota: QuotaName): string => `"${quota}";q=${quotas[quota]};w=60`;
    this.#policies = {
      address: policy('address'),
      user: policy('user'),
      'sign-in': policy('sign-in'),
    };
    this.#limiters = {
      address: limiter('address'),
      user: limiter('user'),
      'sign-in': limiter('sign-in'),
    };
    redis
      .open()
      .catch((error: unknown) => app.log.debug({ err: error }, 'redis was never reached'));
    const timer = setInterval(() => {
      for (const each of Object.values(this.#limiters)) void each.flush();
    }, flushEvery);
    app.addHook('onClose', async () => {
      clearInterval(timer);
      redis.close();
    });
    app.metrics.gauge(
      'gateway_rate_limit_shared',
      '1 while counts are shared through Redis.',
      () => (redis.available ? 1 : 0),
    );
    app.decorateRequest('counted');
  }

  /** Counts a request that never became one of ours, such as malformed HTTP. */
  countAddress(address: string): ProblemError | undefined {
    const verdict = this.#limiters.address.take(subscriberOf(address), 1);
    return verdict.allowed ? undefined : this.#tooMany('address', verdict);
  }

  /**
   * Counts a request.
   * @param cost what it counts for
   * @returns the problem to answer with when it exceeds the quota
   */
  count(
    request: FastifyRequest,
    quota: QuotaName,
    key: string,
    cost: number,
  ): ProblemError | undefined {
    const verdict = this.#limiters[quota].take(key, cost);
    const counted = request.counted ?? [];
    request.counted = counted;
    const before = counted.find((one) => one.quota === quota);
    if (before !== undefined) before.verdict = verdict;
    else counted.push({ quota, policy: this.#policies[quota], verdict });
    return verdict.allowed ? undefined : this.#tooMany(quota, verdict);
  }

  #tooMany(quota: QuotaName, { retryAfterSeconds }: Verdict): ProblemError {
    const detail = `At most ${this.#quotas[quota]} ${wholes[quota]}; try again in ${retryAfterSeconds} s.`;
    return new ProblemError('too-many-requests', detail, { retryAfter: retryAfterSeconds });
  }
}
