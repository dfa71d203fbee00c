import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { symmetricDecrypt } from 'better-auth/crypto';
import { type CryptoKey, importJWK, type JWK, SignJWT } from 'jose';
import pg from 'pg';
import type { Place } from '../platform.ts';

/** The very key that signs tokens on this platform: a token of it is refused for what it says, not for who signed it. */
export interface SigningKey {
  readonly kid: string;
  readonly publicJwk: JWK;
  readonly privateKey: CryptoKey;
}

/** Taken as only the machine's owner can: from the database, decrypted with the secret beside it. */
export async function readSigningKey(place: Place): Promise<SigningKey> {
  const password = await readFile(join(place.data, 'stores/postgresql/secret'), 'utf8');
  const client = new pg.Client({
    host: '127.0.0.1',
    port: place.portBase + 52,
    user: 'gospelib',
    database: 'gospelib',
    password: password.trim(),
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; public: string; private: string }>(
      `SELECT id, public_key AS public, private_key AS private FROM accounts.signing_keys
       WHERE activates_at <= now() ORDER BY activates_at DESC LIMIT 1`,
    );
    const [row] = rows;
    if (row === undefined) throw new Error('there is no signing key');
    const secret = await readFile(join(place.data, 'secrets/accounts-auth'), 'utf8');
    const key = { keys: new Map([[1, secret.trim()]]), currentVersion: 1 };
    const data = JSON.parse(row.private) as string;
    const jwk = JSON.parse(await symmetricDecrypt({ key, data })) as JWK;
    const privateKey = (await importJWK(jwk, 'EdDSA')) as CryptoKey;
    return { kid: row.id, publicJwk: JSON.parse(row.public) as JWK, privateKey };
  } finally {
    await client.end();
  }
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
