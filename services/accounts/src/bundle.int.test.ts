import { buildTestBundle, startTestPostgres, type TestBundle } from '@gospelib/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { accountsEnv, servicePassword } from './testing/harness.ts';

let store: Awaited<ReturnType<typeof startTestPostgres>>;
let bundle: TestBundle;

beforeAll(async () => {
  store = await startTestPostgres();
  bundle = await buildTestBundle();
});
afterAll(async () => {
  await bundle.remove();
  await store.stop();
});

it('migrates, serves and shows its keys from the bundle alone', async () => {
  const owner = {
    MIGRATION_DATABASE_URL: store.url,
    SERVICE_DATABASE_PASSWORD: servicePassword,
  };
  const run = JSON.parse(await bundle.run('migrate.js', ['migrate', '--json'], owner));
  expect(run.migrations).toContain('0001_accounts');
  const status = JSON.parse(await bundle.run('migrate.js', ['status', '--json'], owner));
  expect(status.migrations.map(({ state }: { state: string }) => state)).toEqual(
    run.migrations.map(() => 'applied'),
  );

  const env = { ...accountsEnv(store.url, 'outbox'), GOSPELIB_REVISION: '4f8a0c9' };
  const { url, stop } = await bundle.start(env);
  const answer = await fetch(`${url}/health`);
  expect(await answer.json()).toEqual({
    status: 'ok',
    service: 'accounts',
    version: manifest.version,
    revision: '4f8a0c9',
  });
  await expect.poll(async () => (await fetch(`${url}/ready`)).ok).toBe(true);
  const published = await (await fetch(`${url}/api/v1/auth/jwks`)).text();
  const { keys } = JSON.parse(await bundle.run('keys.js', ['status'], env));
  expect(keys).toHaveLength(1);
  expect(published).toContain(keys[0].id);
  expect(await stop()).toBe(0);
});
