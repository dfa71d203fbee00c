import { setTimeout as wait } from 'node:timers/promises';
import { problem } from '@gospelib/contracts';
import { startTestRedis } from '@gospelib/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../testing/start.gateway.ts';
import { TestUpstream } from '../testing/upstream.server.ts';

const upstream = new TestUpstream();
let redis: Awaited<ReturnType<typeof startTestRedis>>;
let gateways: TestGateway[];

/** Each test is another client, behind a proxy on this machine that is believed. */
let client = 0;
const headers = () => ({ 'x-forwarded-for': `203.0.113.${client}` });

beforeAll(async () => {
  await upstream.start();
});
beforeEach(async () => {
  client += 1;
  redis = await startTestRedis();
  gateways = await Promise.all([start(), start()]);
});
afterEach(async () => {
  await Promise.all(gateways.map(({ app }) => app.close()));
  await redis.stop().catch(() => undefined);
});
afterAll(() => upstream.stop());

async function start(): Promise<TestGateway> {
  const gateway = await startGateway({
    CONTENT_URL: upstream.url,
    READER_URL: upstream.url,
    REDIS_URL: redis.url,
    TRUST_PROXY: 'loopback',
    RATE_LIMIT_PER_MINUTE: '20',
  });
  await expect.poll(() => shared(gateway)).toBe(1);
  return gateway;
}

async function shared({ app }: TestGateway): Promise<number> {
  const { body } = await app.inject('/metrics');
  return Number(/^gateway_rate_limit_shared\{.*\} (\d)$/m.exec(body)?.[1]);
}

/** Statuses of so many requests one after another, and the longest that one took, ms. */
async function ask(gateway: TestGateway | undefined, times: number) {
  const statuses: number[] = [];
  let slowest = 0;
  for (let i = 0; i < times; i += 1) {
    const begun = performance.now();
    const response = await fetch(`${gateway?.url}/api/v1/volumes`, { headers: headers() });
    await response.text();
    slowest = Math.max(slowest, performance.now() - begun);
    statuses.push(response.status);
  }
  const allowed = statuses.filter((status) => status === 200).length;
  return { allowed, refused: statuses.filter((status) => status === 429).length, slowest };
}

describe('rate limits', () => {
  it('refuse beyond the limit, with a problem that says when to come back', async () => {
    const [one] = gateways;
    expect(await ask(one, 25)).toMatchObject({ allowed: 20, refused: 5 });
    const response = await fetch(`${one?.url}/api/v1/volumes`, { headers: headers() });
    expect(response.status).toBe(429);
    expect(problem.parse(await response.json()).type).toBe('/problems/too-many-requests');
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(response.headers.get('ratelimit')).toMatch(/^"address";r=0;t=\d+$/);
    expect(response.headers.get('ratelimit-policy')).toBe('"address";q=20;w=60');
  });

  it('are by address, and spare probes', async () => {
    const [one] = gateways;
    await ask(one, 25);
    expect((await fetch(`${one?.url}/health`, { headers: headers() })).status).toBe(200);
    client += 100;
    expect(await ask(one, 1)).toMatchObject({ allowed: 1 });
  });

  it('hold for all gateways together', async () => {
    const [one, two] = gateways;
    await ask(one, 15);
    await wait(300);
    await ask(two, 1);
    await wait(300);
    expect(await ask(two, 20)).toMatchObject({ allowed: 4, refused: 16 });
  });

  it('go on, quickly, when Redis is killed', async () => {
    const [one] = gateways;
    await ask(one, 5);
    process.kill(redis.pid, 'SIGKILL');
    const during = await ask(one, 30);
    expect(during).toMatchObject({ allowed: 15, refused: 15 });
    expect(during.slowest).toBeLessThan(200);
    await expect.poll(() => shared(gateways[0] as TestGateway)).toBe(0);
  });

  it('go on, quickly, when Redis hangs, and share again when it wakes', async () => {
    const [one, two] = gateways;
    await ask(one, 5);
    await wait(300);
    process.kill(redis.pid, 'SIGSTOP');
    try {
      const during = await ask(one, 10);
      expect(during).toMatchObject({ allowed: 10 });
      expect(during.slowest).toBeLessThan(200);
      await expect.poll(() => shared(gateways[0] as TestGateway), { timeout: 10_000 }).toBe(0);
    } finally {
      process.kill(redis.pid, 'SIGCONT');
    }
    await expect.poll(() => shared(gateways[0] as TestGateway), { timeout: 10_000 }).toBe(1);
    await expect.poll(() => shared(gateways[1] as TestGateway), { timeout: 10_000 }).toBe(1);
    await wait(300);
    await ask(two, 1);
    await wait(300);
    const after = await ask(two, 20);
    expect(after.allowed).toBeLessThanOrEqual(4);
  });
});
