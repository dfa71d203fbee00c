import { createHook } from 'node:async_hooks';
import { connectDatabase, type Database } from '@gospelib/database';
import { hashPassword as makeScryptHash } from 'better-auth/crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { goodPassword, type Harness, startHarness } from '../testing/harness.ts';

let harness: Harness;
let database: Database;
/** The prototype from which every connection of this process inherits `query`. */
let connections: { query(...args: never[]): unknown };
const known = 'reader@example.org';

/** Password hashes that this process has computed so far, and those of the old kind. */
let hashes = 0;
let oldHashes = 0;
const counter = createHook({
  init(_id, type) {
    if (type === 'ARGON2REQUEST') hashes += 1;
    if (type === 'SCRYPTREQUEST') oldHashes += 1;
  },
});

beforeAll(async () => {
  counter.enable();
  harness = await startHarness();
  await harness.signedIn(known);
  database = connectDatabase({
    url: harness.config.DATABASE_URL,
    schema: 'accounts',
    application: 'test',
    connectTimeout: 30_000,
  });
  const one = await database.pool.connect();
  // Each database has a class of connections of its own; what they share is one step up.
  connections = Object.getPrototypeOf(Object.getPrototypeOf(one));
  one.release();
});
afterAll(async () => {
  counter.disable();
  await database.close();
  await harness.close();
});

interface Trial {
  /** The answer without what differs with every request. */
  told: unknown;
  /** Password hashes computed. */
  hashes: number;
  /** Statements sent until then. */
  reads: string[];
  writes: string[];
  milliseconds: number;
}

let place = 0;

async function trial(url: string, body: object, cost: number): Promise<Trial> {
  await database.query('test', 'DELETE FROM throttles');
  const sent = vi.spyOn(connections, 'query');
  const before = hashes;
  const start = performance.now();
  // Each from its own address, so that no limit applies.
  const answer = await harness.browser(`10.9.${place >> 8}.${place++ & 255}`).post(url, body);
  const milliseconds = performance.now() - start;
  // Where the answer does not wait for the work, that may be done later.
  await expect.poll(() => hashes - before).toBe(cost);
  const statements = sent.mock.calls.map(([query]: unknown[]) =>
    typeof query === 'string' ? query : (query as { text: string }).text,
  );
  sent.mockRestore();
  const reads = statements.filter((text) => /^\s*select/i.test(text));
  const writes = statements.filter((text) => !reads.includes(text));
  const { requestId: _, ...rest } = answer.body;
  const headers = Object.keys(answer.headers).sort();
  const told = { status: answer.status, body: rest, headers };
  return { told, hashes: hashes - before, reads, writes, milliseconds };
}

describe.each([
  // Without a minimum duration the work must be the same: one hash, and all but one read by an index.
  { url: '/api/v1/auth/sign-in/email', body: { password: 'a wrong password' }, cost: 1, floor: 0 },
  {
    url: '/api/v1/auth/sign-up/email',
    body: { password: goodPassword, name: 'Somebody' },
    cost: 1,
    floor: 400,
  },
  { url: '/api/v1/auth/request-password-reset', body: {}, cost: 0, floor: 300 },
  { url: '/api/v1/auth/send-verification-email', body: {}, cost: 0, floor: 600 },
])('$url', ({ url, body, cost, floor }) => {
  it('answers alike, and for the same work, for an address that is known and one that is not', async () => {
    const one = await trial(url, { ...body, email: known }, cost);
    const other = await trial(url, { ...body, email: `unknown-${url.length}@example.org` }, cost);
    expect(one.told).toEqual(other.told);
    expect([one.hashes, other.hashes]).toEqual([cost, cost]);
    expect(other.reads.length).toBeGreaterThan(0);
    if (floor === 0) {
      expect(one.writes).toEqual(other.writes);
      expect(Math.abs(one.reads.length - other.reads.length)).toBeLessThanOrEqual(1);
    }
    // Timers may be early by a fraction of a millisecond.
    expect(Math.min(one.milliseconds, other.milliseconds)).toBeGreaterThan(floor - 1);
  });
});

it.each([
  ['/api/v1/auth/sign-up/email', { password: goodPassword, name: 'Somebody' }],
  ['/api/v1/auth/request-password-reset', {}],
])('%s answers without waiting for what only one of two addresses needs', async (url, body) => {
  const owner = connectDatabase({
    url: harness.ownerUrl,
    schema: 'accounts',
    application: 'test',
    connectTimeout: 30_000,
  });
  const locked = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  // What a loaded store does to one of the two branches: its writes wait, reads do not.
  const lock = owner.transaction(
    'lock',
    async (queries) => {
      await queries.query('lock', 'LOCK credentials, verifications, events IN SHARE MODE');
      locked.resolve();
      await answered.promise;
    },
    { timeout: 5000 },
  );
  try {
    await locked.promise;
    const statuses = await Promise.all(
      [known, `late-${url.length}@example.org`].map(async (email, n) => {
        const visitor = harness.browser(`10.8.${url.length}.${n}`);
        return (await visitor.post(url, { ...body, email })).status;
      }),
    );
    expect(statuses).toEqual([200, 200]);
  } finally {
    answered.resolve();
    await lock;
    await owner.close();
  }
});

describe('an old hash of a password', () => {
  const email = 'elder@example.org';
  const signIn = '/api/v1/auth/sign-in/email';
  const stored = async () => {
    const [row] = await database.query<{ password: string }>(
      'test',
      'SELECT password FROM credentials c JOIN users u ON u.id = c.user_id WHERE u.email = $1',
      [email],
    );
    return row?.password;
  };

  it('costs every attempt the same, and is renewed by signing in', async () => {
    await harness.signedIn(email);
    const old = await makeScryptHash(goodPassword);
    await database.query(
      'test',
      'UPDATE credentials SET password = $2 WHERE user_id = (SELECT id FROM users WHERE email = $1)',
      [email, old],
    );
    const app = await harness.another();
    const attempt = async (who: string, password: string) => {
      const before = [hashes, oldHashes];
      const visitor = harness.browser(`10.7.0.${place++ & 255}`);
      visitor.app = app;
      const { status } = await visitor.post(signIn, { email: who, password });
      return { status, cost: [hashes - (before[0] ?? 0), oldHashes - (before[1] ?? 0)] };
    };
    for (const who of [email, known, 'nobody-at-all@example.org']) {
      expect(await attempt(who, 'a wrong password')).toEqual({ status: 401, cost: [1, 1] });
    }
    expect(await stored()).toBe(old);
    expect((await attempt(email, goodPassword)).status).toBe(200);
    expect(await stored()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await attempt(email, goodPassword)).status).toBe(200);
    expect((await attempt(email, 'a wrong password')).status).toBe(401);
  });
});
