import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '@gospelib/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { localConfig } from '../testing/repository.ts';
import { storagePlaces } from './disk.space.ts';

test('a folder with room is told as such, and nothing is left in it', () => {
  const data = scratchFolder();
  const [here, backups, ...more] = storagePlaces(localConfig({ data }));
  expect(here).toEqual({
    name: 'data',
    folder: data,
    freeBytes: expect.any(Number),
    refusal: undefined,
  });
  // Made with the first backup: until then it is the folder above that must take it.
  expect([backups?.name, backups?.folder, more]).toEqual(['backups', data, []]);
  expect(here?.freeBytes).toBeGreaterThan(0);
  expect(readdirSync(data)).toEqual([]);
});

test('a bucket is no disk of this machine', () => {
  const config = localConfig({ data: scratchFolder() }, { GOSPELIB_BACKUPS: 's3://bucket/here' });
  expect(storagePlaces(config).map(({ name }) => name)).toEqual(['data']);
});

test('what cannot be written says why', () => {
  const data = scratchFolder();
  writeFileSync(join(data, 'backups'), 'no folder');
  const refused = storagePlaces(localConfig({ data })).find(({ name }) => name === 'backups');
  expect(refused?.refusal).toContain('ENOTDIR');
});

test.skipIf(process.getuid?.() !== 0)('a full disk is told as full', () => {
  const data = join(scratchFolder(), 'small');
  mkdirSync(data);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', data]);
  onTestFinished(() => void execFileSync('umount', [data]));
  writeFileSync(join(data, 'much'), Buffer.alloc(60 * 1024));
  const [full] = storagePlaces(localConfig({ data }));
  expect(full?.refusal).toContain('ENOSPC');
  expect(full?.freeBytes).toBeLessThan(64 * 1024);
});
