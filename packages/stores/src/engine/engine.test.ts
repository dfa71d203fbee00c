import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findDistribution } from './distribution.ts';
import { readEngineConfig } from './engine.config.ts';
import { findRedisProgram } from './redis.program.ts';

test.each([
  [{ GOSPELIB_CACHE_DIR: '/a', XDG_CACHE_HOME: '/b' }, '/a'],
  [{ XDG_CACHE_HOME: '/b' }, '/b/gospelib'],
  [{ XDG_CACHE_HOME: 'relative' }, `${homedir()}/.cache/gospelib`],
  [{ GOSPELIB_CACHE_DIR: '' }, `${homedir()}/.cache/gospelib`],
])('%j caches in %s', (env, cacheDir) => {
  expect(readEngineConfig(env).cacheDir).toBe(cacheDir);
});

test('libraries are fetched for Debian and Ubuntu only', () => {
  expect(findDistribution('ID=fedora\nVERSION_CODENAME=""\n')).toBeUndefined();
  expect(findDistribution('')).toBeUndefined();
});

test('a server that the environment names but that is not there is an error with advice', async () => {
  const config = { falkorModule: undefined, redisServer: '/nowhere/redis', cacheDir: '/nowhere' };
  await expect(findRedisProgram(config)).rejects.toThrow(/REDIS_SERVER/);
});

test.each([
  ['Redis server v=6.2.14 sha=0', /is version 6\.2\.14; 7\.2 or newer is needed/],
  ['something else entirely', /No .* is here to start/],
])('a server that says "%s" is refused', async (line, message) => {
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-engine-'));
  const redisServer = join(folder, 'redis-server');
  writeFileSync(redisServer, `#!/bin/sh\necho "${line}"\n`, { mode: 0o755 });
  const config = { falkorModule: undefined, redisServer, cacheDir: '/nowhere' };
  await expect(findRedisProgram(config)).rejects.toThrow(message);
  rmSync(folder, { recursive: true });
});
