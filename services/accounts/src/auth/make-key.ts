import { createJwk } from 'better-auth/plugins/jwt';
import type { AccountsConfig } from '../config.ts';
import type { KeyRing, MakeKey } from '../key/key.ring.ts';
import { type Auth, jwtOptions } from './auth.ts';

/** Key pairs as the JWT plugin makes and encrypts them; they are stored by the ring, not by it. */
export function keyMaker(auth: Auth, config: AccountsConfig, keys: KeyRing): MakeKey {
  return async () => {
    const options = jwtOptions(config, keys);
    const made = await createJwk(
      { context: await auth.$context } as Parameters<typeof createJwk>[0],
      { ...options, adapter: { createJwk: async (key) => ({ ...key, id: '' }) } },
    );
    return { publicKey: made.publicKey, privateKey: made.privateKey };
  };
}
