import type { Service } from '@gospelib/service-kit';
import { createTokenVerifier, watchRevocations } from '@gospelib/tokens';
import { Counter } from 'prom-client';
import type { IssuerConfig } from '../config.ts';
import { Gatekeeper } from './gatekeeper.ts';

/** Identifies callers by the tokens that accounts signs. */
export function openGatekeeper(
  app: Service,
  { url, issuer }: IssuerConfig,
  redisUrl: () => string,
): Gatekeeper {
  const refused = new Counter({
    name: 'gateway_tokens_refused_total',
    help: 'Refused tokens by reason; `keys`: the keys were not available.',
    labelNames: ['why'],
    registers: [app.metrics.registry],
  });
  const verifier = createTokenVerifier({
    revocations: watchRevocations(app, redisUrl),
    jwksUrl: new URL('/api/v1/auth/jwks', url).href,
    issuer,
    onRefreshFailed: (err) => app.log.warn({ err }, 'refreshing the keys of the tokens failed'),
  });
  app.addHook('onListen', async () => verifier.prefetch());
  return new Gatekeeper({ verifier, onRefused: (why) => refused.inc({ why }) });
}
