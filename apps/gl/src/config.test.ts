import { UsageError } from '@gospelib/cli-kit';
import { expect, test } from 'vitest';
import { originOf, readConfig, storeFolder } from './config.ts';

test('state lies in .gl of the repository unless it is told otherwise', () => {
  expect(readConfig({}, {}).dataDir).toBe(`${readConfig({}, {}).root}/.gl`);
  expect(readConfig({}, { GOSPELIB_DATA: '/a' }).dataDir).toBe('/a');
  expect(readConfig({ data: '/b' }, { GOSPELIB_DATA: '/a' }).dataDir).toBe('/b');
  expect(readConfig({ data: 'c' }, { GL_CWD: '/somewhere' }).dataDir).toBe('/somewhere/c');
  expect(storeFolder(readConfig({ data: '/b' }, {}), 'redis')).toBe('/b/stores/redis');
});

test('backups lie beside the stores unless a folder or a bucket is named', () => {
  expect(readConfig({ data: '/b' }, {}).backups).toBe('/b/backups');
  expect(readConfig({}, { GOSPELIB_BACKUPS: 'c', GL_CWD: '/somewhere' }).backups).toBe(
    '/somewhere/c',
  );
  expect(readConfig({}, { GOSPELIB_BACKUPS: 's3://library/x' }).backups).toBe('s3://library/x');
});

test('backups are taken by themselves each day, unless told otherwise', () => {
  expect(readConfig({}, {}).backupHours).toBe(24);
  expect(readConfig({}, { GOSPELIB_BACKUP_HOURS: '0' }).backupHours).toBe(0);
  expect(() => readConfig({}, { GOSPELIB_BACKUP_HOURS: 'daily' })).toThrow('GOSPELIB_BACKUP_HOURS');
});

test('the base of the ports comes from the flag, else from the environment', () => {
  expect(originOf(readConfig({ portBase: '21000' }, { GOSPELIB_PORT_BASE: '22000' }))).toBe(
    'http://localhost:21000',
  );
  expect(originOf(readConfig({}, { GOSPELIB_PORT_BASE: '22000' }))).toBe('http://localhost:22000');
});

test('addresses of stores are taken from the environment, empty ones are none', () => {
  const env = {
    FALKORDB_URL: 'redis://:secret@graph:6379',
    REDIS_URL: '',
    DATABASE_URL: 'postgres://db/x',
  };
  expect(readConfig({}, env).external).toEqual({
    falkordb: 'redis://:secret@graph:6379',
    postgresql: 'postgres://db/x',
  });
});

test('a wrong address is named without its value, together with every other fault', () => {
  const env = { FALKORDB_URL: 'https://secret@x', DATABASE_URL: 'hidden', GATEWAY_PORT: 'no' };
  const read = () => readConfig({}, env);
  expect(read).toThrow(UsageError);
  expect(read).toThrow(/GATEWAY_PORT.*FALKORDB_URL.*DATABASE_URL/s);
  expect(read).not.toThrow(/secret|hidden/);
});
