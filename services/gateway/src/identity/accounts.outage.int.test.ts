import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../testing/start.platform.ts';

let platform: TestPlatform;

beforeEach(async () => {
  platform = await startTestPlatform();
});
afterEach(() => platform.close());

async function ask(path: string, user: string) {
  const headers = { authorization: await platform.issuer.bearer(user) };
  const response = await fetch(`${platform.gateway.url}/api/v1${path}`, { headers });
  return { status: response.status, text: await response.text(), headers: response.headers };
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
  await expect.poll(async () => (await ask('/study/notes', 'maker')).status).toBe(200);
});

it('does not let a reader wait for accounts', async () => {
  let givenUp = 0;
  platform.accounts.answer((request) => {
    request.socket.once('close', () => {
      givenUp += 1;
    });
  });
  platform.content.answer((_request, response) => response.end(`keys given up: ${givenUp}`));
  const answers = ['maker', 'stranger', 'third'].map((user) => ask('/volumes', user));
  for (const answer of await Promise.all(answers)) {
    expect(answer).toMatchObject({ status: 200, text: 'keys given up: 0' });
  }
  // It did ask, and gives up only long after the answers.
  await expect.poll(() => givenUp).toBe(1);
});

it('stays ready, and tells who is away', async () => {
  const ready = async () => {
    const response = await fetch(`${platform.gateway.url}/ready`);
    return { status: response.status, body: await response.json() };
  };
  await expect.poll(ready).toMatchObject({ status: 200, body: { status: 'ready', degraded: [] } });
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
