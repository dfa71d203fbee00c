import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const version = /^PNPM=(.+)$/m.exec(readFileSync(join(root, 'gl'), 'utf8'))?.[1] ?? '';
const pinned = JSON.parse(readFileSync(join(root, 'tools/pnpm.integrity.json'), 'utf8'));
const good = {
  pnpm: pinned[`pnpm@${version}`],
  '@pnpm/exe.linux-x64': pinned[`@pnpm/exe.linux-x64@${version}`],
};
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pnpm-'));
  mkdirSync(join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function check(installed: Record<string, string>) {
  const packages = Object.fromEntries(
    Object.entries(installed).map(([name, integrity]) => [`node_modules/${name}`, { integrity }]),
  );
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
  const script = join(root, 'tools/pnpm.integrity.mjs');
  return spawnSync(process.execPath, [script, version, folder], { encoding: 'utf8' });
}

it('lets the pinned packages of the launcher’s version run', () => {
  expect(good.pnpm).toMatch(/^sha512-/);
  expect(check(good)).toMatchObject({ status: 0, stderr: '' });
});

it.each([
  ['another pnpm', { ...good, pnpm: 'sha512-AAAA' }],
  ['another binary', { ...good, '@pnpm/exe.linux-x64': 'sha512-AAAA' }],
  ['a package more', { ...good, 'left-pad': 'sha512-AAAA' }],
])('refuses %s', (_what, installed) => {
  const { status, stderr } = check(installed);
  expect([status, stderr]).toEqual([1, expect.stringContaining('is not what was pinned')]);
});

it('refuses nothing installed, and says what has no sum', () => {
  expect(check({}).status).toBe(1);
  const { status, stderr } = check({ pnpm: good.pnpm, '@pnpm/exe.darwin-arm64': 'sha512-AAAA' });
  expect([status, stderr]).toEqual([0, expect.stringContaining('only the registry vouches')]);
});
