import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify } from '@gospelib/processes';
import { scratchFolder } from '@gospelib/testkit';
import { expect, test } from 'vitest';
import { startStore } from './store.process.ts';

test('a graph of another engine version is moved away, not lost, and the operator is told', async () => {
  const folder = scratchFolder();
  const dataDir = join(folder, 'falkordb');
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'engine'), '7.2.0-falkordb.4.0.0\n');
  const said: string[] = [];
  const store = await startStore('falkordb', { dataDir }, (line) => said.push(line));
  try {
    expect(said.join()).toContain('was written by 7.2.0-falkordb.4.0.0');
    const retained = readdirSync(folder).find((name) => name.startsWith('falkordb.unread-')) ?? '';
    expect(existsSync(join(folder, retained, 'engine'))).toBe(true);
    expect(identify(store.pid)).toBeDefined();
  } finally {
    await store.stop();
  }
});

test('people’s data is never moved away', async () => {
  const dataDir = join(scratchFolder(), 'postgresql');
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'engine'), 'another\n');
  await expect(startStore('postgresql', { dataDir }, () => {})).rejects.toThrow(
    /was written by another/,
  );
});
