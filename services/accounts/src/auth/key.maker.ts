import { betterAuth } from 'better-auth';
import { createJwk } from 'better-auth/plugins/jwt';
import type { AccountsConfig } from '../config.ts';
import type { MakeKey } from '../key/key.ring.ts';
import { signingAlgorithm } from './auth.ts';

/** Makes key pairs as the JWT plugin does, encrypted with the service's secret; the ring stores them. */
export function keyMaker(config: Pick<AccountsConfig, 'AUTH_SECRETS' | 'PUBLIC_URL'>): MakeKey {
  // This instance only provides the secret in the form that the plugin expects.
  const { $context } = betterAuth({
    baseURL: config.PUBLIC_URL,
    secrets: config.AUTH_SECRETS,
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
  return async () => {
    const made = await createJwk({ context: await $context } as Parameters<typeof createJwk>[0], {
      jwks: { keyPairConfig: signingAlgorithm },
      adapter: { createJwk: async (key) => ({ ...key, id: '' }) },
    });
    return { publicKey: made.publicKey, privateKey: made.privateKey };
  };
}
