import { problem } from '@gospelib/contracts';
import { startTestRedis } from '@gospelib/testkit';
import { createClient } from '@redis/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendRaw } from '../testing/raw.client.ts';
import { startGateway, type TestGateway } from '../testing/start.gateway.ts';
import { TestUpstream } from '../testing/upstream.server.ts';
import { RedisCounts } from './redis.counts.ts';

const upstream = new TestUpstream();
let redis: Awaited<ReturnType<typeof startTestRedis>>;
let gateways: TestGateway[];

/** Each test is another client, behind a trusted proxy on this machine. */
let client = 0;
const headers = () => ({ 'x-forwarded-for': `203.0.113.${client}` });

beforeAll(async () => {
  await upstream.start();
});
beforeEach(async () => {
  client += 1;
  redis = await startTestRedis();
  gateways = await Promise.all([start(), start()]);
  // The clock of the limiter stands still. Vitest's own fake timers go on with every `expect.poll`, into the next window.
  vi.spyOn(Date, 'now').mockReturnValue(Date.now());
});
afterEach(async () => {
  vi.restoreAllMocks();
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

async function read(gateway: TestGateway | undefined): Promise<number> {
  const response = await fetch(`${gateway?.url}/api/v1/volumes`, { headers: headers() });
  await response.text();
  return response.status;
}

function sum(statuses: readonly number[]) {
  const count = (wanted: number) => statuses.filter((status) => status === wanted).length;
  return { allowed: count(200), refused: count(429) };
}

/** The statuses of this many requests, one after another. */
async function ask(gateway: TestGateway | undefined, times: number) {
  const statuses: number[] = [];
  for (let i = 0; i < times; i += 1) statuses.push(await read(gateway));
  return sum(statuses);
}

/** Resolves with the number of this test's requests that Redis has counted, once it is at least this. */
async function counted(least: number): Promise<number> {
  const connection = await createClient({ url: redis.url }).connect();
  const count = async (): Promise<number> => {
    const [key] = await connection.keys(`rate:address:*:203.0.113.${client}`);
    return key === undefined ? 0 : Number(await connection.get(key));
  };
  try {
    await expect.poll(count).toBeGreaterThanOrEqual(least);
    return await count();
  } finally {
    connection.destroy();
  }
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

  it('count an address whatever port a proxy writes beside it, and junk as the proxy', async () => {
    const [one] = gateways;
    const statuses: number[] = [];
    for (let port = 0; port < 30; port += 1) {
      const forms = [`203.0.113.${client}:${port}`, `203.0.113.${client}`, `junk-${port}`];
      for (const forwarded of forms) {
        const url = `${one?.url}/api/v1/volumes`;
        statuses.push((await fetch(url, { headers: { 'x-forwarded-for': forwarded } })).status);
      }
    }
    expect(sum(statuses)).toEqual({ allowed: 40, refused: 50 });
  });

  it('count what never became a request: malformed HTTP and broken addresses', async () => {
    const gateway = await startGateway({
      CONTENT_URL: upstream.url,
      READER_URL: upstream.url,
      RATE_LIMIT_PER_MINUTE: '20',
    });
    const statuses: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      statuses.push((await sendRaw(gateway.port, 'no HTTP\r\n\r\n')).status);
      statuses.push((await fetch(`${gateway.url}/%zz`)).status);
      statuses.push((await sendRaw(gateway.port, 'GET / HTTP/1.1\r\n\r\n')).status);
    }
    await gateway.app.close();
    expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 400));
    expect(statuses.slice(20)).toEqual([429, 429, 429, 429]);
  });

  it('hold for all gateways together', async () => {
    const [one, two] = gateways;
    await ask(one, 15);
    await counted(15);
    await ask(two, 1);
    await counted(16);
    expect(await ask(two, 20)).toMatchObject({ allowed: 4, refused: 16 });
  });

  it('go on, without waiting for it, when Redis is killed', async () => {
    const [one] = gateways;
    await ask(one, 5);
    process.kill(redis.pid, 'SIGKILL');
    expect(await ask(one, 30)).toEqual({ allowed: 15, refused: 15 });
    await expect.poll(() => shared(gateways[0] as TestGateway)).toBe(0);
  });

  it('go on, without waiting for it, when Redis hangs, and share again when it wakes', async () => {
    const [one, two] = gateways;
    await ask(one, 5);
    await counted(5);
    process.kill(redis.pid, 'SIGSTOP');
    try {
      const during = await Promise.all(Array.from({ length: 10 }, () => read(one)));
      // All were answered before the gateway noticed the outage.
      expect(await shared(gateways[0] as TestGateway)).toBe(1);
      expect(sum(during)).toEqual({ allowed: 10, refused: 0 });
      await expect.poll(() => shared(gateways[0] as TestGateway)).toBe(0);
    } finally {
      process.kill(redis.pid, 'SIGCONT');
    }
    await expect.poll(() => shared(gateways[0] as TestGateway)).toBe(1);
    await expect.poll(() => shared(gateways[1] as TestGateway)).toBe(1);
    // Counts in flight when Redis stopped may be counted twice.
    const before = await counted(15);
    await ask(two, 1);
    await counted(before + 1);
    const after = await ask(two, 20);
    expect(after.allowed).toBeLessThanOrEqual(4);
  });
});

it('a changed password is taken for the next connection', async () => {
  const admin = createClient({ url: redis.url });
  await admin.connect();
  await admin.sendCommand(['ACL', 'SETUSER', 'shared', 'on', '>first', '+@all', '~*']);
  let password = 'first';
  const url = () => redis.url.replace(/\/\/.*?(?=[^@/]*$)/, `//shared:${password}@`);
  const log = { warn: vi.fn(), info: vi.fn() };
  const counts = new RedisCounts(url, 60_000, log as never);
  await counts.open();
  const add = () => counts.of('changed').add('key', 1, 1);
  expect((await add()).current).toBe(1);
  password = 'second';
  await admin.sendCommand(['ACL', 'SETUSER', 'shared', 'resetpass', '>second']);
  await admin.sendCommand(['CLIENT', 'KILL', 'USER', 'shared']);
  await expect.poll(() => log.info.mock.calls.length).toBe(1);
  expect((await add()).current).toBe(2);
  counts.close();
  admin.destroy();
});
