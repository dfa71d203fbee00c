import { UsageError } from '@gospelib/cli-kit';
import { scratchFolder } from '@gospelib/testkit';
import { expect, test } from 'vitest';
import { localConfig, repositoryRoot } from '../testing/repository.ts';
import { folders, originOf } from './local.config.ts';
import { readRememberedCorpus, rememberCorpus, rememberPorts } from './remembered.platform.ts';

test('state lies in .gl of the repository unless it is told otherwise', () => {
  expect(localConfig({}, {}).dataDir).toBe(`${repositoryRoot}/.gl`);
  expect(localConfig({}, { GOSPELIB_DATA: '/a' }).dataDir).toBe('/a');
  expect(localConfig({ data: '/b' }, { GOSPELIB_DATA: '/a' }).dataDir).toBe('/b');
  expect(localConfig({ data: 'c' }, { GL_CWD: '/somewhere' }).dataDir).toBe('/somewhere/c');
  expect(folders.store(localConfig({ data: '/b' }), 'redis')).toBe('/b/stores/redis');
});

test('backups lie beside the stores unless a folder or a bucket is named', () => {
  expect(localConfig({ data: '/b' }, {}).backups).toBe('/b/backups');
  expect(localConfig({}, { GOSPELIB_BACKUPS: 'c', GL_CWD: '/somewhere' }).backups).toBe(
    '/somewhere/c',
  );
  expect(localConfig({}, { GOSPELIB_BACKUPS: 's3://library/x' }).backups).toBe('s3://library/x');
});

test('backups are taken by themselves each day, unless told otherwise', () => {
  expect(localConfig({}, {}).backupHours).toBe(24);
  expect(localConfig({}, { GOSPELIB_BACKUP_HOURS: '0' }).backupHours).toBe(0);
  expect(() => localConfig({}, { GOSPELIB_BACKUP_HOURS: 'daily' })).toThrow(
    'GOSPELIB_BACKUP_HOURS',
  );
});

test('the base of the ports comes from the flag, else from the environment', () => {
  expect(originOf(localConfig({ portBase: '21000' }, { GOSPELIB_PORT_BASE: '22000' }))).toBe(
    'http://localhost:21000',
  );
  expect(originOf(localConfig({}, { GOSPELIB_PORT_BASE: '22000' }))).toBe('http://localhost:22000');
});

test('a data folder remembers its ports, until it is told others', () => {
  const data = scratchFolder();
  rememberPorts(data, localConfig({ data, portBase: '23000' }).ports);
  expect(originOf(localConfig({ data }))).toBe('http://localhost:23000');
  expect(localConfig({ data }).ports).toMatchObject({ falkordb: 23_050 });
  expect(originOf(localConfig({ data, portBase: '24000' }))).toBe('http://localhost:24000');
  expect(localConfig({ data }, { REDIS_PORT: '7000' }).ports).toMatchObject({ redis: 7000 });
});

test('a data folder remembers the corpus that was active, whatever ports are told it', () => {
  const data = scratchFolder();
  const corpus = { version: 'aaaaaaaaaaaa-full', edition: 'full' } as const;
  expect(readRememberedCorpus(data)).toBeUndefined();
  const { ports } = localConfig({ data, portBase: '23000' });
  rememberPorts(data, ports);
  rememberCorpus(data, corpus);
  rememberPorts(data, localConfig({ data, portBase: '24000' }).ports);
  expect(readRememberedCorpus(data)).toEqual(corpus);
  expect(originOf(localConfig({ data }))).toBe('http://localhost:24000');
});

test('remembered ports that make no sense are told, with their file', () => {
  const data = scratchFolder();
  rememberPorts(data, { gateway: 70_000 });
  expect(() => localConfig({ data })).toThrow(/environment\.json is damaged/);
});

test('addresses of stores are taken from the environment, empty ones are none', () => {
  const env = {
    FALKORDB_URL: 'redis://:secret@graph:6379',
    REDIS_URL: '',
    DATABASE_URL: 'postgres://db/x',
  };
  expect(localConfig({}, env).external).toEqual({
    falkordb: 'redis://:secret@graph:6379',
    postgresql: 'postgres://db/x',
  });
});

test('a wrong address is named without its value, together with every other fault', () => {
  const env = { FALKORDB_URL: 'https://secret@x', DATABASE_URL: 'hidden', GATEWAY_PORT: 'no' };
  const read = () => localConfig({}, env);
  expect(read).toThrow(UsageError);
  expect(read).toThrow(/GATEWAY_PORT.*FALKORDB_URL.*DATABASE_URL/s);
  expect(read).not.toThrow(/secret|hidden/);
});
