import { buildTestBundle, type TestBundle } from '@gospelib/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

let bundle: TestBundle;

beforeAll(async () => {
  bundle = await buildTestBundle();
});
afterAll(() => bundle.remove());

it('starts from the bundle alone, and says which build it is', async () => {
  const nowhere = 'http://127.0.0.1:9';
  const { url, stop } = await bundle.start({
    LOG_LEVEL: 'silent',
    REDIS_URL: 'redis://127.0.0.1:9',
    CONTENT_URL: nowhere,
    READER_URL: nowhere,
    GOSPELIB_REVISION: '4f8a0c9',
  });
  const answer = await fetch(`${url}/health`);
  expect(await answer.json()).toEqual({
    status: 'ok',
    service: 'gateway',
    version: manifest.version,
    revision: '4f8a0c9',
  });
  expect((await fetch(`${url}/ready`)).status).toBe(503);
  expect(await stop()).toBe(0);
});
