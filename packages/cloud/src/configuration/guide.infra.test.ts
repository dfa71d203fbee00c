import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runGl } from '@gospelib/processes';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../../..');
const guide = readFileSync(join(root, 'docs/operations/infrastructure.md'), 'utf8');

/** Lines of the guide's shell blocks that call gl. */
const commands = [...guide.matchAll(/^```sh\n(.*?)^```/gms)]
  .flatMap(([, block = '']) => block.split('\n'))
  .map((line) => line.replace(/\s+#.*/, '').trim())
  .filter((line) => line.startsWith('./gl '));

/** Those that ask AWS or an emulator of it, or run whole lanes. */
const elsewhere =
  /infra (plan|apply|destroy|drift|state)|infra rebuild (?!.*--dry-run)|recover|--refresh|record\.main|test --only|drill/;
const here = commands.filter((command) => !elsewhere.test(command));

test('the guide shows what can be looked at without an account', () => {
  expect(here).toEqual([
    './gl cost',
    './gl cost production',
    './gl parity',
    './gl infra rebuild staging --dry-run',
  ]);
});

test.each(here)('%s does what the guide says, without an account', async (command) => {
  const { AWS_ENDPOINT_URL, ...env } = process.env;
  const { code, stdout, stderr } = await runGl(root, command.split(' ').slice(1), { env });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/staging|production/);
});
