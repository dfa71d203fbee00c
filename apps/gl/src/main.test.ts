import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, scratchFolder } from './testing/cli.ts';

test.each([
  [['--help'], 0, 'Usage: gl'],
  [['up', '--help'], 0, '--detach'],
  [['logs', '--help'], 0, '--follow'],
  [['up', '--dry-run', '--port-base', '21900'], 0, 'port 21900'],
  [['status', '--json'], 0, '"running": false'],
  [['down'], 0, 'nothing was running'],
])('gl %j is done', async (args, code, text) => {
  const result = await cli([...args, '--data', scratchFolder()]);
  expect(result).toMatchObject({ code });
  expect(result.stdout).toContain(text);
});

test.each([
  [[], 'Usage: gl'],
  [['nope'], "unknown command 'nope'"],
  [['up', '--nope'], "unknown option '--nope'"],
  [['status', '--port-base', 'x'], '--port-base must be'],
  [['logs', 'nope'], 'There is no log of nope'],
  [['logs', '-n', 'x'], 'a whole number'],
  [['db', 'rollback'], '--to MIGRATION, or --steps N'],
  [['db', 'rollback', '--to', '2', '--steps', '1'], '--to MIGRATION, or --steps N'],
  [['db', 'rollback', '--steps', '1'], '--steps needs --service'],
  [['db', 'status', '--service', 'content'], '--service is one of accounts, study'],
  [['test', '--only', 'nope'], '--only knows no "nope"'],
])('gl %j is wrong use', async (args, text) => {
  const result = await cli(args);
  expect(result.code).toBe(2);
  expect(result.stderr).toContain(text);
});

test('a fault is one line for people, not a stack', async () => {
  const result = await cli(['corpus', '--data', scratchFolder()]);
  expect(result.code).toBe(1);
  expect(result.stderr).toMatch(/^gl: No store was ever started in .*\n$/);
});

test('logs prints the last lines of each part with its name', async () => {
  const data = scratchFolder();
  mkdirSync(join(data, 'logs'));
  writeFileSync(join(data, 'logs/content.log'), 'one\ntwo\nthree\n');
  writeFileSync(join(data, 'logs/gateway.log'), 'four\n');
  expect((await cli(['logs', '-n', '2', '--data', data])).stdout).toBe(
    'content    two\ncontent    three\ngateway    four\n',
  );
  expect((await cli(['logs', 'gateway', '--data', data])).stdout).toBe('four\n');
});
