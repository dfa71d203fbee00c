import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { problem } from '@gospelib/contracts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../testing/start.platform.ts';

/** So much that nothing but what a test reports uses it up; what is used up comes back within four seconds. */
const workPerSecond = 1000;
const tooMuch = { 'x-work-ms': String(100 * workPerSecond) };

let platform: TestPlatform;
/** Each test is another user with other addresses. */
let client = 0;
let bearer: string;

beforeAll(async () => {
  platform = await startTestPlatform({
    TRUST_PROXY: 'loopback',
    RATE_LIMIT_PER_MINUTE: '30',
    RATE_LIMIT_USER_PER_MINUTE: '10',
    RATE_LIMIT_SIGN_IN_PER_MINUTE: '5',
    OPEN_COST_PER_ADDRESS: '4',
    OPEN_COST_PER_USER: '3',
    WORK_MS_PER_USER: String(workPerSecond),
  });
});
afterAll(() => platform.close());
beforeEach(async () => {
  client += 1;
  bearer = await platform.issuer.bearer(`user-${client}`);
});

async function ask(method: string, path: string, headers: Record<string, string> = {}) {
  return fetch(`${platform.gateway.url}/api/v1${path}`, {
    method,
    headers: { 'x-forwarded-for': `203.0.113.${client}`, ...headers },
  });
}

async function statuses(times: number, one: (i: number) => Promise<Response>): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < times; i += 1) all.push((await one(i)).status);
  return all;
}

const count = (all: number[], status: number): number => all.filter((s) => s === status).length;

it('count an account whatever addresses it comes from', async () => {
  const from = (i: number) => ({
    'x-forwarded-for': `198.51.100.${i}`,
    authorization: bearer,
  });
  const all = await statuses(13, (i) => ask('GET', '/study/notes', from(i)));
  expect([count(all, 200), count(all, 429)]).toEqual([10, 3]);
  const refused = await ask('GET', '/study/notes', from(99));
  expect(problem.parse(await refused.json()).detail).toContain('of one account');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.headers.get('ratelimit-policy')).toBe('"address";q=30;w=60, "user";q=10;w=60');
  expect(refused.headers.get('ratelimit')).toMatch(/^"address";r=29;t=\d+, "user";r=0;t=\d+$/);
});

it('count what a known reader reads', async () => {
  const read = () => ask('GET', '/volumes', { authorization: bearer });
  await read();
  await expect.poll(async () => (await read()).headers.get('ratelimit')).toContain('"user"');
});

it('are stricter where passwords are tried, and there only', async () => {
  const all = await statuses(8, () => ask('POST', '/auth/sign-in/email'));
  expect([count(all, 200), count(all, 429)]).toEqual([5, 3]);
  expect((await ask('POST', '/auth/sign-up/email')).status).toBe(429);
  expect((await ask('DELETE', '/account', { cookie: 'a=b' })).status).toBe(429);
  expect((await ask('POST', '/account/password', { cookie: 'a=b' })).status).toBe(429);
  const refused = await ask('GET', '/auth/verify-email?token=x');
  expect(refused.headers.get('ratelimit-policy')).toBe('"address";q=30;w=60, "sign-in";q=5;w=60');
  for (const [method, path] of [
    ['GET', '/auth/token'],
    ['GET', '/auth/jwks'],
    ['POST', '/auth/sign-out'],
    ['GET', '/account'],
    ['GET', '/volumes'],
  ] as const) {
    expect((await ask(method, path, { cookie: 'a=b' })).status, path).toBe(200);
  }
});

it('do not count a user by a name that nobody proved', async () => {
  const forged = `${bearer.slice(0, -6)}AAAAAA`;
  const all = await statuses(12, () => ask('GET', '/study/notes', { authorization: forged }));
  expect(count(all, 401)).toBe(12);
  expect((await ask('GET', '/study/notes', { authorization: bearer })).status).toBe(200);
});

it('weigh what costs more', async () => {
  const search = () => ask('GET', '/study/search?q=faith', { authorization: bearer });
  expect(await statuses(3, search)).toEqual([200, 200, 429]);
  // Signed out, the address has 30: one map of three steps leaves 20 chapters.
  client += 100;
  const map = await ask('GET', '/graph/alma.32.21?depth=3');
  expect(map.headers.get('ratelimit-policy')).toBe('"address";q=30;w=60');
  expect(map.headers.get('ratelimit')).toMatch(/^"address";r=20;t=\d+$/);
});

it.each([
  ['account', 'study', '/study/notes', 3],
  ['network', 'content', '/volumes', 4],
] as const)('limit what one %s has open at once', async (whose, service, path, most) => {
  const waiting: ServerResponse[] = [];
  platform[service].answer((_request, response) => void waiting.push(response));
  const one = () => ask('GET', path, service === 'study' ? { authorization: bearer } : {});
  const open = Array.from({ length: most }, one);
  await expect.poll(() => waiting.length).toBe(most);
  const refused = await one();
  platform.reset();
  for (const response of waiting) response.end('ok');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('1');
  const { detail } = problem.parse(await refused.json());
  expect(detail).toMatch(new RegExp(`At most ${most} requests at once .* one ${whose}`));
  for (const answer of await Promise.all(open)) expect(answer.status).toBe(200);
  await expect.poll(async () => (await one()).status).toBe(200);
});

/** Asks as somebody who took too much, and then as somebody else. */
async function expectToWait(): Promise<void> {
  const other = await platform.issuer.bearer(`beside-${client}`);
  platform.study.received.length = 0;
  platform.study.answer((_request, response) => response.end('ok'));
  const away = new AbortController();
  const waiting = Array.from({ length: 3 }, () => asHostile(away.signal));
  for (const one of waiting) one.catch(() => undefined);
  const beside = await statuses(3, () => ask('GET', '/study/notes', { authorization: other }));
  away.abort();
  expect(beside).toEqual([200, 200, 200]);
  const asked = platform.study.received.map(({ headers }) => headers.authorization);
  expect(asked).toEqual([other, other, other]);
}

function asHostile(signal: AbortSignal): Promise<Response> {
  const headers = { 'x-forwarded-for': `203.0.113.${client}`, authorization: bearer };
  return fetch(`${platform.gateway.url}/api/v1/study/notes`, { headers, signal });
}

it('make an account wait for whom the services worked long, and nobody else', async () => {
  platform.study.answer((_request, response) => response.writeHead(200, tooMuch).end('ok'));
  const costly = await ask('GET', '/study/notes', { authorization: bearer });
  expect([costly.status, costly.headers.get('x-work-ms')]).toEqual([200, null]);
  await expectToWait();
});

it('count the work for a caller who went away', async () => {
  const begun: ServerResponse[] = [];
  platform.study.answer((_request, response) => void begun.push(response));
  const away = new AbortController();
  const gone = asHostile(away.signal);
  gone.catch(() => undefined);
  await expect.poll(() => begun.length).toBe(1);
  away.abort();
  await expect(gone).rejects.toThrow('abort');
  const [response] = begun as [ServerResponse];
  const closed = once(response.req.socket, 'close');
  response.writeHead(200, tooMuch).end('ok');
  await closed;
  await expectToWait();
});
