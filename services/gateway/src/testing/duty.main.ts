import { buildApp, type Duties } from '../app.ts';
import { readConfig } from '../config.ts';
import { RateLimits } from '../rate-limit/rate.limits.ts';
import { routeTable } from '../routing/route.table.ts';
import { securityHeaders } from '../security/security.headers.ts';

/** The gateway without one of its duties, for the benchmark that prints what each costs: `node duty.main.ts limits`. */
class NoLimits extends RateLimits {
  override count(): undefined {
    return undefined;
  }
}

const [without] = process.argv.slice(2);
const duties: Duties = {
  limits: without === 'limits' ? NoLimits : RateLimits,
  headers: without === 'headers' ? () => [] : securityHeaders,
};
const config = readConfig(process.env);
const app = await buildApp(config, routeTable, duties);
await app.listen({ host: config.HOST, port: config.PORT });
