import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { symmetricDecrypt } from 'better-auth/crypto';
import { type CryptoKey, importJWK, type JWK, SignJWT } from 'jose';
import { withOwner } from './owner.database.ts';
import type { Place } from './platform.ts';

/** The very key that signs tokens on this platform: a token of it is refused for what it says, not for who signed it. */
export interface SigningKey {
  readonly kid: string;
  readonly publicJwk: JWK;
  readonly privateKey: CryptoKey;
}

/** Taken from the database and decrypted with the secret beside it. */
export async function readSigningKey(place: Place): Promise<SigningKey> {
  const { rows } = await withOwner(place, (client) =>
    client.query<{ id: string; public: string; private: string }>(
      `SELECT id, public_key AS public, private_key AS private FROM accounts.signing_keys
       WHERE activates_at <= now() ORDER BY activates_at DESC LIMIT 1`,
    ),
  );
  const [row] = rows;
  if (row === undefined) throw new Error('there is no signing key');
  const secret = await readFile(join(place.data, 'secrets/accounts-auth'), 'utf8');
  const key = { keys: new Map([[1, secret.trim()]]), currentVersion: 1 };
  const data = JSON.parse(row.private) as string;
  const jwk = JSON.parse(await symmetricDecrypt({ key, data })) as JWK;
  const privateKey = (await importJWK(jwk, 'EdDSA')) as CryptoKey;
  return { kid: row.id, publicJwk: JSON.parse(row.public) as JWK, privateKey };
}

/** A good token for five minutes, but for what `claims` and `header` change; a claim of undefined is left out. */
export function signWith(
  key: Pick<SigningKey, 'kid' | 'privateKey'>,
  claims: Record<string, unknown>,
  header: Record<string, unknown> = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ aud: 'gospelib', sid: 'a-session', iat: now, exp: now + 300, ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, ...header })
    .sign(key.privateKey);
}
