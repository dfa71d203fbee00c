import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Config, readConfig } from '../config.ts';
import { scratchFolder } from '../testing/cli.ts';
import { noteCameUp, noteRelease, readReleases, runningRelease } from './release.log.ts';
import { schemaNames } from './schemas.ts';

/** A release in a folder of its own, with one migration a schema. */
function release(data: string, name: string, migration: string): Config {
  const root = join(data, name);
  for (const schema of schemaNames) {
    const folder = join(root, 'services', schema, 'migrations');
    mkdirSync(folder, { recursive: true });
    const head = '-- @reversible yes\n-- @down-loses nothing\n';
    writeFileSync(join(folder, `${migration}.up.sql`), `${head}SELECT 1;`);
    writeFileSync(join(folder, `${migration}.down.sql`), 'SELECT 1;');
  }
  return { ...readConfig({ data }, {}), root };
}

test('each release is noted once in a row, with its migrations and whether it ever answered', () => {
  const data = scratchFolder();
  const [first, second] = [release(data, 'a', '0001_a'), release(data, 'b', '0002_b')];
  expect(readReleases(first)).toEqual([]);
  expect(runningRelease(first).root).toBe(first.root);
  noteRelease(first);
  noteCameUp(first);
  noteRelease(first);
  noteRelease(second);
  expect(
    readReleases(first).map(({ root, cameUp, migrations }) => [root, cameUp, migrations.study]),
  ).toEqual([
    [second.root, false, '0002_b'],
    [first.root, true, '0001_a'],
  ]);
  // A command of the first release acts on what runs: the second.
  expect(runningRelease(first).root).toBe(second.root);
  noteCameUp(second);
  expect(readReleases(first)[0]?.cameUp).toBe(true);
});

test('a release whose folder is gone is not acted upon', () => {
  const data = scratchFolder();
  const [here, gone] = [release(data, 'here', '0001_a'), release(data, 'gone', '0002_b')];
  noteRelease(gone);
  expect(runningRelease(here).root).toBe(gone.root);
  rmSync(gone.root, { recursive: true });
  expect(runningRelease(here).root).toBe(here.root);
});
