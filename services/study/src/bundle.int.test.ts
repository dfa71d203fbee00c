import { buildTestBundle, startTestPostgres, type TestBundle } from '@gospelib/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { type AccountsDouble, startAccounts } from './testing/accounts.double.ts';
import { servicePassword, studyEnv } from './testing/study.world.ts';

let store: Awaited<ReturnType<typeof startTestPostgres>>;
let accounts: AccountsDouble;
let bundle: TestBundle;

beforeAll(async () => {
  store = await startTestPostgres();
  accounts = await startAccounts();
  bundle = await buildTestBundle();
});
afterAll(async () => {
  await bundle.remove();
  await accounts.close();
  await store.stop();
});

it('migrates and serves from the bundle alone', async () => {
  const owner = {
    MIGRATION_DATABASE_URL: store.url,
    SERVICE_DATABASE_PASSWORD: servicePassword,
  };
  const run = JSON.parse(await bundle.run('migrate.js', ['migrate', '--json'], owner));
  expect(run.migrations).toContain('0001_marks');

  const env = { ...studyEnv(store.url, accounts.url), GOSPELIB_REVISION: '4f8a0c9' };
  const { url, stop } = await bundle.start(env);
  expect(await (await fetch(`${url}/health`)).json()).toEqual({
    status: 'ok',
    service: 'study',
    version: manifest.version,
    revision: '4f8a0c9',
  });
  expect((await fetch(`${url}/ready`)).status).toBe(200);
  const authorization = `Bearer ${await accounts.token('reader')}`;
  const marks = await fetch(`${url}/api/v1/study/bookmarks`, { headers: { authorization } });
  expect(marks.status).toBe(200);
  expect(await stop()).toBe(0);
});
