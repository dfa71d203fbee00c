import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../testing/start.platform.ts';

let platform: TestPlatform;

beforeEach(async () => {
  platform = await startTestPlatform();
});
afterEach(() => platform.close());

async function ask(path: string, user: string) {
  const headers = { authorization: await platform.issuer.bearer(user) };
  const begun = performance.now();
  const response = await fetch(`${platform.gateway.url}/api/v1${path}`, { headers });
  await response.text();
  return { status: response.status, ms: performance.now() - begun, headers: response.headers };
}

it('knows people for as long as it holds the keys, new tokens too', async () => {
  expect(await ask('/study/notes', 'maker')).toMatchObject({ status: 200 });
  await platform.accounts.stop();
  expect(await ask('/study/notes', 'stranger')).toMatchObject({ status: 200 });
});

it('says 503, not 401, when it never had the keys', async () => {
  await platform.accounts.stop();
  const { status, headers } = await ask('/study/notes', 'maker');
  expect(status).toBe(503);
  expect(headers.get('retry-after')).toBe('1');
  await platform.accounts.start();
  await expect
    .poll(async () => (await ask('/study/notes', 'maker')).status, { timeout: 5000 })
    .toBe(200);
});

it('does not let a reader wait for accounts', async () => {
  platform.accounts.answer(() => undefined);
  for (const user of ['maker', 'stranger', 'third']) {
    const { status, ms } = await ask('/volumes', user);
    expect(status).toBe(200);
    expect(ms).toBeLessThan(500);
  }
});

it('stays ready, and tells who is away', async () => {
  const ready = async () => {
    const response = await fetch(`${platform.gateway.url}/ready`);
    return { status: response.status, body: await response.json() };
  };
  expect(await ready()).toMatchObject({ status: 200, body: { status: 'ready', degraded: [] } });
  await platform.study.stop();
  await expect
    .poll(ready)
    .toMatchObject({ status: 200, body: { status: 'ready', degraded: ['study'] } });
  await platform.accounts.stop();
  await expect
    .poll(ready)
    .toMatchObject({ status: 200, body: { degraded: ['accounts', 'study'] } });
  await platform.content.stop();
  await expect.poll(ready).toMatchObject({ status: 503 });
});
