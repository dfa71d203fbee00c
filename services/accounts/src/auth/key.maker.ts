import { betterAuth } from 'better-auth';
import { createJwk } from 'better-auth/plugins/jwt';
import type { AccountsConfig, VersionedSecret } from '../config.ts';
import type { MakeKey } from '../key/key.ring.ts';
import { signingAlgorithm } from './auth.ts';

/** Makes key pairs as the JWT plugin does, encrypted with the service's present secret; the ring stores them. */
export function keyMaker(config: Pick<AccountsConfig, 'authSecrets' | 'PUBLIC_URL'>): MakeKey {
  // These instances only provide the secret in the form that the plugin expects.
  const contextOf = (secrets: readonly VersionedSecret[]) =>
    betterAuth({
      baseURL: config.PUBLIC_URL,
      secrets: [...secrets],
      telemetry: { enabled: false },
      logger: { disabled: true },
    }).$context;
  return async () => {
    const context = await contextOf(config.authSecrets());
    const made = await createJwk({ context } as Parameters<typeof createJwk>[0], {
      jwks: { keyPairConfig: signingAlgorithm },
      adapter: { createJwk: async (key) => ({ ...key, id: '' }) },
    });
    return { publicKey: made.publicKey, privateKey: made.privateKey };
  };
}
