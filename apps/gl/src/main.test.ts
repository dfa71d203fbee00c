import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '@gospelib/testkit';
import { expect, test } from 'vitest';
import { cli } from './testing/cli.ts';

test.each([
  [['--help'], 0, 'Usage: gl'],
  [['up', '--help'], 0, '--compose'],
  [['logs', '--help'], 0, '--follow'],
  [['up', '--dry-run', '--port-base', '21900'], 0, 'port 21900'],
  [['status', '--json'], 3, '"running": false'],
  [['--version'], 0, '0.1.0'],
  [['completion', 'bash'], 0, 'complete -F _gl gl'],
  [['restart', 'content', '--dry-run'], 0, 'Would restart content'],
  [['recover', '--help'], 0, '--execute'],
  [['images', 'build', '--help'], 0, '--affected'],
  [['cluster', 'bootstrap', '--help'], 0, '--wait'],
  [['down'], 0, 'nothing was running'],
])('gl %j is done', async (args, code, text) => {
  const result = await cli([...args, '--data', scratchFolder()]);
  expect(result).toMatchObject({ code });
  expect(result.stdout).toContain(text);
});

test.each([
  [[], 'Usage: gl'],
  [['nope'], "unknown command 'nope'"],
  [
    ['status', '--env', 'moon'],
    'There is no environment moon; --env takes local, staging, production',
  ],
  [['up', '--env', 'staging'], 'This verb is about this machine; staging is a cluster'],
  [['restart', 'nope'], 'There is no store or service nope'],
  [['completion', 'fish'], 'There is no completion for fish'],
  [['up', '--nope'], "unknown option '--nope'"],
  [['status', '--port-base', 'x'], '--port-base must be'],
  [['logs', 'nope'], 'There is no log of nope'],
  [['logs', '-n', 'x'], 'a whole number'],
  [['db', 'rollback'], '--to MIGRATION, or --steps N'],
  [['db', 'rollback', '--to', '2', '--steps', '1'], '--to MIGRATION, or --steps N'],
  [['db', 'rollback', '--steps', '1'], '--steps needs --service'],
  [['db', 'status', '--service', 'content'], '--service is one of accounts, study'],
  [['images', 'build', 'nope'], 'There is no image nope; there are content'],
  [['cluster', 'bootstrap', '--dry-run'], 'Which cluster? --env names it'],
  [['images', 'push'], 'Where to? --registry names it'],
  [['test', '--only', 'nope'], '--only knows no "nope"'],
  [['up', '--no-sources'], 'belong to --compose'],
  [['down', '--volumes'], '--volumes belongs to --compose'],
  [['recover', '--only', 'infrastructure'], 'This machine has no infrastructure to look at'],
])('gl %j is wrong use', async (args, text) => {
  const result = await cli(args);
  expect(result.code).toBe(2);
  expect(result.stderr).toContain(text);
});

test('a change of production is asked about, and nobody at a terminal is a no', async () => {
  const { code, stderr } = await cli(['restart', 'gateway', '--env', 'production']);
  expect(code).toBe(4);
  expect(stderr).toContain('This changes production: the namespace gospelib-production');
  expect(stderr).toContain('--yes confirms it.');
});

test('a fault is one line for people, not a stack', async () => {
  const result = await cli(['corpus', '--data', scratchFolder()]);
  expect(result.code).toBe(1);
  expect(result.stderr).toMatch(/^gl: No store was ever started in .*\n$/);
});

test('with --json a fault is JSON too, and standard error is empty', async () => {
  const result = await cli(['corpus', '--json', '--data', scratchFolder()]);
  expect(result).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(result.stdout)).toMatchObject({
    schemaVersion: 1,
    error: { what: expect.stringMatching(/^No store was ever started in /), exitCode: 1 },
  });
});

test('wrong use is JSON too, where JSON was asked for', async () => {
  const result = await cli(['nope', '--json']);
  expect(result.code).toBe(2);
  expect(JSON.parse(result.stdout)).toMatchObject({ error: { exitCode: 2 } });
});

test('every verb and every exit code is told by --help, in groups', async () => {
  const { stdout } = await cli(['--help']);
  const headings = [
    'What runs:',
    'On this machine:',
    'Data:',
    'Recovery:',
    'Delivery:',
    'Exit codes:',
  ];
  for (const heading of headings) {
    expect(stdout).toContain(`\n${heading}\n`);
  }
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
