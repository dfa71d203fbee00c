import type { Database, Queries } from '@gospelib/database';

/** A key pair that signs tokens. */
export interface SigningKey {
  id: string;
  /** A public JWK, as JSON. */
  publicKey: string;
  /** The private JWK, encrypted by better-auth with the service's secret. */
  privateKey: string;
  alg: 'EdDSA';
  crv: 'Ed25519';
  createdAt: Date;
  /** Published earlier; signs from this moment until the next key does. */
  activatesAt: Date;
}

const columns = `id, public_key AS "publicKey", private_key AS "privateKey", alg, crv,
  created_at AS "createdAt", activates_at AS "activatesAt"`;

/** Every key, oldest first. */
export function listKeys(queries: Queries): Promise<SigningKey[]> {
  return queries.query<SigningKey>(
    'signing keys',
    `SELECT ${columns} FROM signing_keys ORDER BY activates_at, id`,
  );
}

export async function insertKey(queries: Queries, key: SigningKey): Promise<void> {
  const { id, publicKey, privateKey, alg, crv, createdAt, activatesAt } = key;
  await queries.query(
    'signing key insert',
    `INSERT INTO signing_keys (id, public_key, private_key, alg, crv, created_at, activates_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, publicKey, privateKey, alg, crv, createdAt, activatesAt],
  );
}

export async function deleteKeys(queries: Queries, ids: readonly string[]): Promise<void> {
  await queries.query('signing keys delete', 'DELETE FROM signing_keys WHERE id = ANY($1)', [ids]);
}

/** Runs `work` while no other instance rotates keys. */
export function withRotationLock<T>(
  database: Database,
  work: (queries: Queries) => Promise<T>,
): Promise<T> {
  return database.transaction('key rotation', async (queries) => {
    await queries.query('rotation lock', "SELECT pg_advisory_xact_lock(hashtext('accounts.keys'))");
    return work(queries);
  });
}
