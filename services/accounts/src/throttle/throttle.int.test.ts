import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodPassword, type Harness, startHarness } from '../test/harness.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

const url = '/api/v1/auth/sign-in/email';

async function guess(
  email: string,
  address: string,
  password = 'a wrong guess',
): Promise<{ status: number; wait: number }> {
  const answer = await harness.browser(address).post(url, { email, password });
  return { status: answer.status, wait: Number(answer.headers['retry-after'] ?? 0) };
}

const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

describe('guessing a password', () => {
  it('is free five times, then waits twice as long each time, also across a restart', async () => {
    const email = 'saul@example.org';
    const address = '203.0.113.10';
    const owner = await harness.signedIn(email, '198.51.100.10');
    for (let n = 0; n < 5; n++) expect((await guess(email, address)).status).toBe(401);
    expect(await guess(email, address)).toEqual({ status: 429, wait: 1 });
    await sleep(1.05);
    expect((await guess(email, address)).status).toBe(401);
    expect(await guess(email, address)).toEqual({ status: 429, wait: 2 });
    // Not even the right password gets through while it waits.
    expect((await guess(email, address, goodPassword)).status).toBe(429);

    const restarted = await harness.another();
    const visitor = harness.browser(address);
    visitor.app = restarted;
    expect((await visitor.post(url, { email, password: goodPassword })).status).toBe(429);

    // From elsewhere the owner signs in as ever.
    await owner.post(url, { email, password: goodPassword }, 200);
    await sleep(2.05);
    expect((await guess(email, address, goodPassword)).status).toBe(200);
    expect((await guess(email, address)).status).toBe(401);
  });

  it('gets no further by asking many times at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, () => guess('samuel@example.org', '203.0.113.11')),
    );
    expect(outcomes.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(outcomes.filter(({ status }) => status === 429)).toHaveLength(25);
  });

  it('is the same for an account that does not exist', async () => {
    const known = 'hannah@example.org';
    await harness.signedIn(known);
    const course = async (email: string, address: string) => {
      const statuses: number[] = [];
      for (let n = 0; n < 7; n++) statuses.push((await guess(email, address)).status);
      return statuses;
    };
    expect(await course(known, '203.0.113.12')).toEqual(
      await course('nobody@example.org', '203.0.113.13'),
    );
  });

  it('from many addresses is slowed down by the account', async () => {
    const email = 'eli@example.org';
    const outcomes: number[] = [];
    for (let n = 0; n < 24; n++) outcomes.push((await guess(email, `198.51.100.${n}`)).status);
    expect(outcomes.slice(0, 20)).toEqual(Array(20).fill(401));
    expect(outcomes.slice(20)).toContain(429);
  });

  it('at many accounts is slowed down by the address, of IPv6 by the network', async () => {
    const outcomes: number[] = [];
    for (let n = 0; n < 54; n++) {
      outcomes.push((await guess(`someone${n}@example.org`, `2001:db8:7:7::${n + 1}`)).status);
    }
    expect(outcomes.slice(0, 50)).toEqual(Array(50).fill(401));
    expect(outcomes.slice(50)).toContain(429);
    expect((await guess('someone@example.org', '2001:db8:7:8::1')).status).toBe(401);
  });
});

describe('asking for mails', () => {
  it('is bounded for each recipient, whether there is an account or not', async () => {
    const known = 'abigail@example.org';
    await harness.signedIn(known);
    const course = async (email: string, before: number) => {
      const statuses: number[] = [];
      for (let n = before; n < 6; n++) {
        const answer = await harness
          .browser(`203.0.113.${20 + n}`)
          .post('/api/v1/auth/request-password-reset', { email });
        statuses.push(answer.status);
      }
      return statuses;
    };
    // The sign-up counted once already.
    expect(await course(known, 1)).toEqual([200, 200, 200, 429, 429]);
    expect(await course('nobody-at-all@example.org', 0)).toEqual([200, 200, 200, 200, 429, 429]);
  });
});
