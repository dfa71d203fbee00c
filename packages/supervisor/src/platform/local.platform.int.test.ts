import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { platform, type ServiceEntry } from '@gospelib/platform';
import { freePort } from '@gospelib/processes';
import { scratchFolder } from '@gospelib/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { readLocalConfig } from '../config/local.config.ts';
import { LocalEnvironment } from '../local.environment.ts';
import { repositoryRoot } from '../testing/repository.ts';
import { LocalPlatform } from './local.platform.ts';

/** A built service that answers what it was told. */
const main = `
  import { createServer } from 'node:http';
  createServer((request, response) => response.end(process.env.DUMMY_SETTING ?? 'ok'))
    .listen(Number(process.env.PORT), process.env.HOST);
`;

const data = {
  migrate: async () => {},
  lastMigrations: () => ({}),
  activeCorpus: async () => ({ version: 'aaaaaaaaaaaa-default', edition: 'default' as const }),
  backups: () => ({ start: () => {}, stop: async () => {} }),
};
const silent = { say: () => {}, progress: () => {}, progressEnded: () => {} };

test('a service that is in the catalogue alone is started, told, shown, restarted and ended', async () => {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'dummy/dist'), { recursive: true });
  writeFileSync(join(folder, 'dummy/dist/main.js'), main);
  writeFileSync(join(folder, 'dummy/package.json'), '{ "type": "module" }');
  const entry = async (variable: string, offset: number): Promise<ServiceEntry> => ({
    does: 'nothing',
    folder: relative(repositoryRoot, join(folder, 'dummy')),
    port: { variable, usual: await freePort(), offset },
    ownsSchema: false,
    instances: 'one',
    environment: { DUMMY_SETTING: { from: 'origin' } },
    programs: ['main'],
    resources: { memoryMi: 1, memoryLimitMi: 1, cpuMilli: 1 },
  });
  const services = { gateway: await entry('GATEWAY_PORT', 0), dummy: await entry('DUMMY_PORT', 1) };
  const catalogue = { ...platform, services };
  const external = {
    FALKORDB_URL: 'redis://127.0.0.1:1',
    REDIS_URL: 'redis://127.0.0.1:1',
    DATABASE_URL: 'postgres://127.0.0.1:1/x',
  };
  const env = { PATH: process.env.PATH, ...external };
  const config = readLocalConfig(repositoryRoot, { data: join(folder, 'data') }, env, catalogue);
  const local = await LocalPlatform.open(config, data, silent);
  onTestFinished(() => local.stop());
  await local.start();

  const environment = new LocalEnvironment(config);
  const status = await environment.status();
  expect(status).toMatchObject({ running: true, ready: true });
  const dummy = status.processes.find(({ name }) => name === 'dummy');
  expect(dummy).toMatchObject({ state: 'ready', port: config.ports.dummy });
  const answer = await environment.ask('dummy', '/anything');
  expect(await answer.text()).toBe(`http://localhost:${config.ports.gateway}`);

  await environment.restart('dummy');
  const again = (await environment.status()).processes.find(({ name }) => name === 'dummy');
  expect(again).toMatchObject({ state: 'ready', restarts: 1 });
  expect(again?.pid).not.toBe(dummy?.pid);

  await local.stop();
  expect(await environment.status()).toMatchObject({ running: false, processes: [] });
});
