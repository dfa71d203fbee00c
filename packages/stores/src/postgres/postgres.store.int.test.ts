import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isAlive } from '@gospelib/processes';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { ownerProcess, scratchFolder } from '../testing/scratch.ts';
import { startPostgres } from './postgres.store.ts';

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test('what was written is there after a restart, and stop() leaves only the data', async () => {
  const dataDir = scratchFolder();
  const first = await startPostgres({ dataDir });
  await query(first.url, 'CREATE TABLE note (text text)');
  await query(first.url, "INSERT INTO note VALUES ('ἀγάπη')");
  await first.stop();
  expect(readdirSync(dataDir).sort()).toEqual(['cluster', 'engine', 'secret']);
  const second = await startPostgres({ dataDir });
  onTestFinished(() => second.stop());
  expect(await query(second.url, 'SELECT text FROM note')).toEqual([{ text: 'ἀγάπη' }]);
});

test('it is modest, listens on this machine only, and trusts nobody without the password', async () => {
  const store = await startPostgres({ dataDir: scratchFolder() });
  onTestFinished(() => store.stop());
  const settings = await query(
    store.url,
    "SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'shared_buffers')",
  );
  expect(settings).toEqual([
    { name: 'listen_addresses', setting: '127.0.0.1' },
    { name: 'shared_buffers', setting: String(32 * 128) }, // pages of 8 kB
  ]);
  const wrong = new URL(store.url);
  wrong.password = 'wrong';
  await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
});

test('a first start that was killed half-way is made good by the next', async () => {
  const dataDir = scratchFolder();
  mkdirSync(join(dataDir, 'cluster.new'));
  writeFileSync(join(dataDir, 'cluster.new', 'PG_VERSION'), '18\n');
  const store = await startPostgres({ dataDir });
  onTestFinished(() => store.stop());
  expect(await query(store.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('after a kill -9 of its owner, and of the server itself, the next start works', async () => {
  const dataDir = scratchFolder();
  const { owner, pid, url } = await ownerProcess('startPostgres', dataDir);
  await query(url, 'CREATE TABLE kept (id int)');
  const orphan = identify(pid);
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  const second = await startPostgres({ dataDir });
  expect(orphan && isAlive(orphan)).toBe(false);
  process.kill(second.pid, 'SIGKILL');
  await second.exited;
  const third = await startPostgres({ dataDir });
  onTestFinished(() => third.stop());
  expect(await query(third.url, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 0 }]);
});
