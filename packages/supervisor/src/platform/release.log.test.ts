import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '@gospelib/testkit';
import { expect, test } from 'vitest';
import { folders, type LocalConfig } from '../config/local.config.ts';
import { writeState } from '../config/state.file.ts';
import { localConfig } from '../testing/repository.ts';
import { noteCameUp, noteRelease, readReleases, runningRoot } from './release.log.ts';

/** A release in a folder of its own. */
function release(data: string, name: string): LocalConfig {
  const root = join(data, name);
  mkdirSync(root, { recursive: true });
  return { ...localConfig({ data }), root };
}

const old = { study: '0001_a' };
const late = { study: '0002_b' };

test('each release is noted once in a row, with its migrations and whether it ever answered', () => {
  const data = scratchFolder();
  const [first, second] = [release(data, 'a'), release(data, 'b')];
  expect(readReleases(first)).toEqual([]);
  expect(runningRoot(first)).toBe(first.root);
  noteRelease(first, old);
  noteCameUp(first);
  noteRelease(first, old);
  noteRelease(second, late);
  expect(
    readReleases(first).map(({ root, cameUp, migrations }) => [root, cameUp, migrations.study]),
  ).toEqual([
    [second.root, false, '0002_b'],
    [first.root, true, '0001_a'],
  ]);
  // A command of the first release acts on what runs: the second.
  expect(runningRoot(first)).toBe(second.root);
  noteCameUp(second);
  expect(readReleases(first)[0]?.cameUp).toBe(true);
});

test('a release whose folder is gone is not acted upon', () => {
  const data = scratchFolder();
  const [here, gone] = [release(data, 'here'), release(data, 'gone')];
  noteRelease(gone, late);
  expect(runningRoot(here)).toBe(gone.root);
  rmSync(gone.root, { recursive: true });
  expect(runningRoot(here)).toBe(here.root);
});

test('a note that makes no sense is told, not taken for none', () => {
  const here = release(scratchFolder(), 'here');
  writeState(join(folders.run(here), 'releases.json'), { not: 'a list' });
  expect(() => readReleases(here)).toThrow(/releases\.json is damaged/);
});
