import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyForEmulator } from './emulated.copy.ts';
import { noEmulator } from './emulator.ts';

const clone = resolve(import.meta.dirname, '../../../..');
const modules = readdirSync(join(clone, 'infra/terraform/modules')).filter((module) =>
  existsSync(join(clone, 'infra/terraform/modules', module, 'tests')),
);
// Mocks need no emulator, but the provider; who has the one has the other.
if (noEmulator)
  console.warn(
    'SKIPPED: the examples of the modules need the provider, and are planned where there is an emulator.',
  );

describe.skipIf(noEmulator)('the example of', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'gospelib-modules-'));
    copyForEmulator(clone, root);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test.each(modules)('%s is planned, with mocks', (module) => {
    const cwd = join(root, 'infra/terraform/modules', module);
    const run = (...args: string[]) =>
      spawnSync('terraform', [...args, '-no-color'], { cwd, encoding: 'utf8' });
    expect(run('init', '-input=false').stderr).toBe('');
    const { status, stdout, stderr } = run('test');
    expect([status, stdout + stderr]).toEqual([
      0,
      expect.stringMatching(/Success! [1-9]\d* passed, 0 failed/),
    ]);
  });
});
