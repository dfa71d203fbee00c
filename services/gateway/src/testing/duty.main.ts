import { buildApp, type Duties } from '../app.ts';
import { readConfig } from '../config.ts';
import { RateLimits } from '../rate-limit/rate.limits.ts';
import { routeTable } from '../routing/route.table.ts';
import { securityHeaders } from '../security/security.headers.ts';

/**
 * The gateway without one of its duties, for the benchmark that prints what each costs: `node duty.main.ts limits`; or
 * with one more, so many microseconds of work for each request: `node duty.main.ts planted 8`.
 */
class NoLimits extends RateLimits {
  override count(): undefined {
    return undefined;
  }
}

const [altered, microseconds] = process.argv.slice(2);
const headers: Record<string, Duties['headers']> = {
  headers: () => [],
  planted(...request) {
    const until = performance.now() + Number(microseconds) / 1000;
    while (performance.now() < until);
    return securityHeaders(...request);
  },
};
const duties: Duties = {
  limits: altered === 'limits' ? NoLimits : RateLimits,
  headers: headers[altered ?? ''] ?? securityHeaders,
};
const config = readConfig(process.env);
const app = await buildApp(config, routeTable, duties);
await app.listen({ host: config.HOST, port: config.PORT });
