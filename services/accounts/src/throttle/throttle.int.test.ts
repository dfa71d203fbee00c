import { connectDatabase, type Database } from '@gospelib/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodPassword, type Harness, startHarness } from '../testing/harness.ts';
import { signInPolicies, type ThrottlePolicy } from './throttle.policy.ts';
import { Throttle } from './throttle.ts';

let harness: Harness;
let database: Database;

beforeAll(async () => {
  harness = await startHarness();
  database = connectDatabase({
    url: harness.config.DATABASE_URL,
    schema: 'accounts',
    application: 'test',
    connectTimeout: 30_000,
  });
});
afterAll(async () => {
  await database.close();
  await harness.close();
});

const url = '/api/v1/auth/sign-in/email';

describe('a throttle', () => {
  const policy = { name: 'trial', free: 3, firstWait: 2, longestWait: 20, memory: 100 };

  it('makes each wait twice as long as the one before, up to the longest', async () => {
    const throttle = new Throttle(
      database,
      () => 'secret',
      () => undefined,
    );
    const waits: number[] = [];
    for (let n = 0; n < 9; n++) {
      await throttle.take(policy, 'somebody');
      if (n < policy.free - 1) continue;
      const refused = await throttle.take(policy, 'Somebody').catch((error) => error);
      expect(refused).toMatchObject({ code: 'too-many-requests' });
      waits.push(refused.extras.retryAfter);
      await shiftWaits(policy, -20);
    }
    expect(waits).toEqual([2, 4, 8, 16, 20, 20, 20]);
    await throttle.take(policy, 'somebody else');
    await throttle.clear(policy, 'somebody');
    await throttle.take(policy, 'somebody');
  });

  it('refuses nobody for being one of several at once', async () => {
    const throttle = new Throttle(
      database,
      () => 'secret',
      () => undefined,
    );
    const crowd = { ...policy, name: 'crowd', free: 60 };
    await Promise.all(Array.from({ length: 50 }, () => throttle.take(crowd, 'somebody')));
    const rest = Array.from({ length: 20 }, () => throttle.take(crowd, 'somebody'));
    const outcomes = await Promise.allSettled(rest);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });

  it('forgets after a while without attempts, and holds nobody’s name', async () => {
    const throttle = new Throttle(
      database,
      () => 'secret',
      () => undefined,
    );
    for (let n = 0; n < 3; n++) await throttle.take(policy, 'person@example.org');
    await expect(throttle.take(policy, 'person@example.org')).rejects.toThrow('Too many');
    await database.query(
      'test',
      `UPDATE throttles SET expires_at = now(), blocked_until = '-infinity'`,
    );
    for (let n = 0; n < 3; n++) await throttle.take(policy, 'person@example.org');
    const rows = await database.query<{ key: string }>('test', 'SELECT key FROM throttles');
    expect(JSON.stringify(rows)).not.toContain('person');
  });
});

async function guess(
  email: string,
  address: string,
  password = 'a wrong guess',
): Promise<{ status: number; wait: number }> {
  const answer = await harness.browser(address).post(url, { email, password });
  return { status: answer.status, wait: Number(answer.headers['retry-after'] ?? 0) };
}

/**
 * Prolongs present waits by this many seconds: hashing takes time, and tests must not race it.
 */
async function shiftWaits({ name, free }: ThrottlePolicy, seconds: number): Promise<void> {
  await database.query(
    'test',
    `UPDATE throttles SET blocked_until = blocked_until + make_interval(secs => $1)
     WHERE key LIKE $2 AND tries >= $3`,
    [seconds, `${name}:%`, free],
  );
}

describe('guessing a password', () => {
  it('is free five times, then has to wait, also across a restart and with the right password', async () => {
    const email = 'reader@example.org';
    const address = '203.0.113.10';
    const owner = await harness.signedIn(email, '198.51.100.10');
    for (let n = 0; n < 5; n++) expect((await guess(email, address)).status).toBe(401);
    await shiftWaits(signInPolicies.pair, 60);
    const refused = await guess(email, address);
    expect(refused.status).toBe(429);
    expect(refused.wait).toBeGreaterThan(50);
    expect((await guess(email, address, goodPassword)).status).toBe(429);

    const visitor = harness.browser(address);
    visitor.app = await harness.another();
    expect((await visitor.post(url, { email, password: goodPassword })).status).toBe(429);

    // The owner can still sign in from another address.
    await owner.post(url, { email, password: goodPassword }, 200);
    await shiftWaits(signInPolicies.pair, -120);
    expect((await guess(email, address, goodPassword)).status).toBe(200);
    expect((await guess(email, address)).status).toBe(401);
  });

  it('gets no further by asking many times at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, () => guess('author@example.org', '203.0.113.11')),
    );
    expect(outcomes.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(outcomes.filter(({ status }) => status === 429)).toHaveLength(25);
  });

  it('is the same for an account that does not exist', async () => {
    const known = 'stranger@example.org';
    await harness.signedIn(known);
    const course = async (email: string, address: string) => {
      const statuses: number[] = [];
      for (let n = 0; n < 5; n++) statuses.push((await guess(email, address)).status);
      await shiftWaits(signInPolicies.pair, 60);
      for (let n = 0; n < 2; n++) statuses.push((await guess(email, address)).status);
      return statuses;
    };
    const expected = [401, 401, 401, 401, 401, 429, 429];
    expect(await course(known, '203.0.113.12')).toEqual(expected);
    expect(await course('nobody@example.org', '203.0.113.13')).toEqual(expected);
  });

  it('from many addresses is slowed down by the account', async () => {
    const email = 'guest@example.org';
    await harness.signedIn(email, '192.0.2.1');
    const outcomes: number[] = [];
    for (let n = 0; n < 20; n++) outcomes.push((await guess(email, `198.51.100.${n}`)).status);
    expect(outcomes).toEqual(Array(20).fill(401));
    await shiftWaits(signInPolicies.account, 60);
    expect((await guess(email, '198.51.100.99')).status).toBe(429);
    expect((await guess(email, '192.0.2.9', goodPassword)).status).toBe(429);
    // At an address where the owner has signed in before, others' guesses do not lock them out.
    expect((await guess(email, '192.0.2.1', goodPassword)).status).toBe(200);
  });

  it('at many accounts is slowed down by the address, of IPv6 by the network', async () => {
    const outcomes: number[] = [];
    for (let n = 0; n < 50; n++) {
      outcomes.push((await guess(`someone${n}@example.org`, `2001:db8:7:7::${n + 1}`)).status);
    }
    expect(outcomes).toEqual(Array(50).fill(401));
    await shiftWaits(signInPolicies.address, 60);
    expect((await guess('someone@example.org', '2001:db8:7:7::ff')).status).toBe(429);
    expect((await guess('someone@example.org', '2001:db8:7:8::1')).status).toBe(401);
  });
});

describe('asking for mails', () => {
  const reset = '/api/v1/auth/request-password-reset';
  const confirm = '/api/v1/auth/send-verification-email';

  const subjects = async (to: string) => (await harness.mails(to)).map(({ subject }) => subject);

  it('sends a recipient a few of each kind, and tells nobody whether there is an account', async () => {
    const known = 'teacher@example.org';
    await harness.signedIn(known);
    const ask = async (url: string, email: string, n: number) =>
      (await harness.browser(`203.0.113.${20 + n}`).post(url, { email })).status;
    // Confirmed already: none of these is sent, so none counts.
    for (let n = 0; n < 6; n++) expect(await ask(confirm, known, n)).toBe(200);
    for (let n = 0; n < 6; n++) {
      expect(await ask(reset, known, n)).toBe(200);
      expect(await ask(reset, 'nobody-at-all@example.org', n)).toBe(200);
    }
    const sent = (await subjects(known)).filter((subject) => subject.includes('new'));
    expect(sent).toHaveLength(4);
    expect((await subjects(known)).length).toBe(5);
  });

  it('is bounded by address, but for a device that has signed in before', async () => {
    const email = 'pilgrim@example.org';
    const address = '203.0.113.40';
    const owner = await harness.signedIn(email, address);
    await owner.post('/api/v1/auth/sign-out', {}, 204);
    const stranger = harness.browser(address);
    stranger.cookies.set('gospelib.device', owner.cookies.get('gospelib.device') ?? '');
    // The sign-up has counted once; a device is known for its own account only.
    for (let n = 1; n < 20; n++) await stranger.post(reset, { email: 'else@example.org' }, 200);
    await stranger.post(reset, { email: 'else@example.org' }, 429);
    const visitor = harness.browser(address);
    visitor.cookies.set('gospelib.device', `x${owner.cookies.get('gospelib.device')}`);
    await visitor.post(reset, { email }, 429);
    for (let n = 0; n < 4; n++) {
      await owner.post(reset, { email }, 200);
    }
    expect(await harness.mails(email, 5)).toHaveLength(5);
    await owner.post(reset, { email }, 429);
  });
});
