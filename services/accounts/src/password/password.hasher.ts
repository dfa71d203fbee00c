import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from '@gospelib/database';
import { type Service, Slots } from '@gospelib/service-kit';
import { hashPassword as makeScryptHash } from 'better-auth/crypto';
import { clientAddress, subscriberOf } from '../http/client.address.ts';
import { hashPassword, isPresent, verifyPassword } from './password.hash.ts';

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(input: { hash: string; password: string }): Promise<boolean>;
  /** Replaces the hash of a password that has just been verified, when it is an old one. */
  renew(userId: string, password: string): Promise<void>;
}

/** How long it is remembered whether there are old hashes, ms. */
const rememberFor = 60_000;

/**
 * Hashes passwords, two at once (19 MiB and a core each); addresses take turns, so that many attempts from one do not make
 * the others wait. While there are old hashes each attempt costs one of either kind, whatever it finds: otherwise the time of
 * a refusal would tell who has an old account.
 */
export function openPasswordHasher(app: Service, database: Database): PasswordHasher {
  const slots = new Slots('passwords', { perUser: 2, atOnce: 2, waiting: 20, patienceMs: 10_000 });
  const places = new AsyncLocalStorage<string>();
  app.addHook('onRequest', (request, _reply, done) => {
    places.run(subscriberOf(clientAddress(request)), done);
  });
  const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
    slots.run(places.getStore() ?? '', work);

  let old = { any: true, until: Number.NEGATIVE_INFINITY };
  async function anyOld(): Promise<boolean> {
    if (performance.now() < old.until) return old.any;
    const [row] = await database.query<{ any: boolean }>(
      'old password hashes',
      `SELECT EXISTS (
         SELECT FROM credentials WHERE password IS NOT NULL AND password NOT LIKE '$argon2id$%'
       ) AS any`,
    );
    old = { any: row?.any ?? true, until: performance.now() + rememberFor };
    return old.any;
  }

  return {
    hash: (password) =>
      inTurn(async () => {
        if (await anyOld()) await makeScryptHash(password);
        return hashPassword(password);
      }),
    verify: ({ hash, password }) =>
      inTurn(async () => {
        if (!isPresent(hash)) await hashPassword(password);
        else if (await anyOld()) await makeScryptHash(password);
        return verifyPassword(hash, password);
      }),
    async renew(userId, password) {
      const [row] = await database.query<{ hash: string | null }>(
        'password hash read',
        `SELECT password AS hash FROM credentials WHERE user_id = $1 AND provider_id = 'credential'`,
        [userId],
      );
      if (!row?.hash || isPresent(row.hash)) return;
      await database.query(
        'password hash renew',
        `UPDATE credentials SET password = $2, updated_at = now()
         WHERE user_id = $1 AND provider_id = 'credential' AND password = $3`,
        [userId, await inTurn(() => hashPassword(password)), row.hash],
      );
    },
  };
}
