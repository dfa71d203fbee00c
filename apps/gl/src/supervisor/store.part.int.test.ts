import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readActiveVersion, readManifest } from '../corpus.ts';
import { scratchFolder } from '../testing/cli.ts';
import { startStore } from './store.part.ts';

test('a graph of another engine version is set aside, not lost, and said', async () => {
  const folder = scratchFolder();
  const dataDir = join(folder, 'falkordb');
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'engine'), '7.2.0-falkordb.4.0.0\n');
  const said: string[] = [];
  const store = await startStore('falkordb', { dataDir }, (line) => said.push(line));
  try {
    expect(said.join()).toContain('was written by 7.2.0-falkordb.4.0.0');
    const aside = readdirSync(folder).find((name) => name.startsWith('falkordb.unread-')) ?? '';
    expect(existsSync(join(folder, aside, 'engine'))).toBe(true);
    expect(await readActiveVersion(store.url)).toBeUndefined();
    expect(await readManifest(store.url)).toBeUndefined();
  } finally {
    await store.stop();
  }
});

test('people’s data is never set aside', async () => {
  const dataDir = join(scratchFolder(), 'postgresql');
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'engine'), 'another\n');
  await expect(startStore('postgresql', { dataDir }, () => {})).rejects.toThrow(
    /was written by another/,
  );
});

test('a store that is not there is named by its address, without its secret', async () => {
  const read = readActiveVersion('redis://:secret@127.0.0.1:1');
  await expect(read).rejects.toThrow(/FalkorDB at 127\.0\.0\.1:1 does not answer/);
  await expect(read).rejects.not.toThrow(/secret/);
});
