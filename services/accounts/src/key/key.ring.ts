import type { JwksResponse } from '@gospelib/contracts';
import type { Database } from '@gospelib/database';
import { z } from 'zod';
import { type KeySchedule, nextActivation, retiredKeys, signingKeyAt } from './key.schedule.ts';
import { SigningError } from './signing.error.ts';
import {
  deleteKeys,
  insertKey,
  listKeys,
  type SigningKey,
  withRotationLock,
} from './signing-key.repository.ts';

const publicJwk = z.object({ x: z.string() });

/** Makes a key pair with an encrypted private half. */
export type MakeKey = () => Promise<Pick<SigningKey, 'publicKey' | 'privateKey'>>;

/** What a rotation changed, by key id. */
export interface Rotation {
  added: string[];
  removed: string[];
}

/** How long keys are cached, ms; far less than the lead, so that every instance knows a key before it signs. */
const keepFor = 10_000;
/** How long until the next attempt after a failed read, ms. */
const retryAfter = 2_000;

/** The keys that sign tokens, cached in memory: a token needs no query, and the public keys survive an outage. */
export class KeyRing {
  readonly #database: Database;
  readonly #schedule: KeySchedule;
  readonly #now: () => number;
  #keys: SigningKey[] = [];
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(database: Database, schedule: KeySchedule, now: () => number = Date.now) {
    this.#database = database;
    this.#schedule = schedule;
    this.#now = now;
  }

  /** The key that signs now. @throws StoreUnavailableError; SigningError when there is none yet */
  async signing(): Promise<SigningKey> {
    const key = signingKeyAt(await this.#read(), this.#now());
    if (key) return key;
    throw new SigningError('There is no signing key yet.');
  }

  /** The public keys. @throws StoreUnavailableError when none are cached */
  async published(): Promise<JwksResponse> {
    const keys = await this.#read();
    return {
      keys: keys.map(({ id, publicKey, alg, crv }) => {
        const { x } = publicJwk.parse(JSON.parse(publicKey));
        return { kid: id, kty: 'OKP' as const, crv, alg, x };
      }),
    };
  }

  /** When each key was published and begins to sign, oldest first. */
  async list(): Promise<{ id: string; createdAt: Date; activatesAt: Date }[]> {
    const keys = await listKeys(this.#database);
    return keys.map(({ id, createdAt, activatesAt }) => ({ id, createdAt, activatesAt }));
  }

  /**
   * Publishes the next key when it is due, and removes keys that no valid token needs. Any instance may call it at any
   * time.
   */
  async maintain(makeKey: MakeKey): Promise<Rotation> {
    const now = this.#now();
    return this.#change(async (keys) => {
      const activatesAt = nextActivation(keys, now, this.#schedule);
      return {
        add: activatesAt === undefined ? undefined : await this.#build(makeKey, activatesAt),
        remove: retiredKeys(keys, now, this.#schedule),
      };
    });
  }

  /**
   * Publishes the next key now. The present key goes on signing until the lead is over; without one the new key signs at
   * once.
   */
  rotate(makeKey: MakeKey): Promise<Rotation> {
    const now = this.#now();
    return this.#change(async (keys) => ({
      add: await this.#build(makeKey, signingKeyAt(keys, now) ? now + this.#schedule.lead : now),
      remove: [],
    }));
  }

  /**
   * For compromised keys: removes every key, which invalidates every token at once. Sessions stay and fetch new tokens.
   */
  replaceAll(makeKey: MakeKey): Promise<Rotation> {
    return this.#change(async (keys) => ({
      add: await this.#build(makeKey, this.#now()),
      remove: keys.map(({ id }) => id),
    }));
  }

  async #build(makeKey: MakeKey, activatesAt: number): Promise<SigningKey> {
    return {
      ...(await makeKey()),
      id: crypto.randomUUID(),
      alg: 'EdDSA',
      crv: 'Ed25519',
      createdAt: new Date(this.#now()),
      activatesAt: new Date(activatesAt),
    };
  }

  async #change(
    decide: (keys: SigningKey[]) => Promise<{ add: SigningKey | undefined; remove: string[] }>,
  ): Promise<Rotation> {
    const rotation = await withRotationLock(this.#database, async (queries) => {
      const { add, remove } = await decide(await listKeys(queries));
      if (remove.length > 0) await deleteKeys(queries, remove);
      if (add) await insertKey(queries, add);
      return { added: add ? [add.id] : [], removed: remove };
    });
    this.#readAt = Number.NEGATIVE_INFINITY;
    return rotation;
  }

  async #read(): Promise<SigningKey[]> {
    if (performance.now() - this.#readAt < keepFor) return this.#keys;
    try {
      this.#keys = await listKeys(this.#database);
      if (this.#keys.length > 0) this.#readAt = performance.now();
    } catch (error) {
      // Without the store no token is signed, but verifiers still get the keys.
      if (this.#keys.length === 0) throw error;
      this.#readAt = performance.now() - keepFor + retryAfter;
    }
    return this.#keys;
  }
}
