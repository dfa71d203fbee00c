import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../testing/scratch.ts';
import { findDistribution } from './distribution.ts';
import { findRedisProgram } from './redis.program.ts';
import { discardRuntimeLibs, ensureRuntimeLibs } from './runtime-libs.ts';

test.runIf(findDistribution() !== undefined)(
  'two fetches at once into an empty cache end with one working set, and a discarded one is fetched anew',
  async () => {
    const cacheDir = join(scratchFolder(), 'cache');
    mkdirSync(join(cacheDir, 'runtime-debian-trixie-x64.1.tmp'), { recursive: true }); // of a killed fetch
    const [libs, same] = await Promise.all([
      ensureRuntimeLibs(cacheDir),
      ensureRuntimeLibs(cacheDir),
    ]);
    expect(same).toEqual(libs);
    expect(readdirSync(cacheDir)).toHaveLength(1);
    expect(execFileSync(libs.loader, ['--version'], { encoding: 'utf8' })).toMatch(
      /2\.(3[89]|[4-9]\d)/,
    );

    rmSync(join(libs.libraryPath, 'libssl.so.3'));
    discardRuntimeLibs(libs);
    expect(await ensureRuntimeLibs(cacheDir)).toEqual(libs);
    expect(readdirSync(libs.libraryPath)).toContain('libssl.so.3');
  },
);

test('the redis-server found here runs', async () => {
  const { command, args, version } = await findRedisProgram();
  expect(execFileSync(command, [...args, '--version'], { encoding: 'utf8' })).toMatch(/v=\d+\.\d+/);
  expect(version).toMatch(/^\d+\.\d+/);
});
