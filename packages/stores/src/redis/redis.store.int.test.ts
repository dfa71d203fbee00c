import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { identify, isAlive, LockedError, PortBusyError } from '@gospelib/processes';
import { createClient } from '@redis/client';
import { expect, onTestFinished, test } from 'vitest';
import { EngineVersionError, UnreadableDataError } from '../store.error.ts';
import type { RunningStore } from '../store.types.ts';
import { ownerProcess, scratchFolder } from '../testing/scratch.ts';
import { startFalkor } from './falkor.store.ts';
import { startRedis } from './redis.store.ts';

async function connect(url: string) {
  const client = createClient({ url, socket: { reconnectStrategy: false } });
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function ask(store: Pick<RunningStore, 'url'>, ...command: string[]): Promise<unknown> {
  const client = await connect(store.url);
  try {
    return await client.sendCommand(command);
  } finally {
    client.destroy();
  }
}

test('the graph survives a stop and a start, and a kill -9 of the store after its flush', async () => {
  const dataDir = scratchFolder();
  const first = await startFalkor({ dataDir });
  await ask(first, 'GRAPH.QUERY', 'g', "CREATE (:Passage {id: 'alma.32.21', text: 'faith'})");
  await first.stop();

  const second = await startFalkor({ dataDir });
  const read = 'MATCH (p:Passage) RETURN p.id ORDER BY p.id';
  expect(JSON.stringify(await ask(second, 'GRAPH.RO_QUERY', 'g', read))).toContain('alma.32.21');
  await ask(second, 'GRAPH.QUERY', 'g', "CREATE (:Passage {id: 'alma.32.22'})");
  await expect.poll(() => ask(second, 'INFO', 'persistence')).toMatch(/aof_pending_bio_fsync:0/);
  process.kill(second.pid, 'SIGKILL');
  expect(await second.exited).toMatchObject({ signal: 'SIGKILL' });

  const third = await startFalkor({ dataDir });
  expect(JSON.stringify(await ask(third, 'GRAPH.RO_QUERY', 'g', read))).toContain('alma.32.22');
  await third.stop();
});

test('the cache is bounded, evicts, keeps nothing, and a hanging one answers nothing', async () => {
  const dataDir = scratchFolder();
  const store = await startRedis({ dataDir });
  expect(await ask(store, 'CONFIG', 'GET', 'maxmemory*')).toMatchObject({
    maxmemory: String(64 * 2 ** 20),
    'maxmemory-policy': 'allkeys-lru',
  });
  await ask(store, 'SET', 'key', 'value');
  expect(await store.answers(5_000)).toBe(true);
  process.kill(store.pid, 'SIGSTOP');
  expect(await store.answers(200)).toBe(false);
  process.kill(store.pid, 'SIGCONT');
  await store.stop();
  const again = await startRedis({ dataDir });
  expect(await ask(again, 'GET', 'key')).toBeNull();
  await again.stop();
});

test('nobody gets in without the secret, and it is not among the arguments', async () => {
  const store = await startRedis({ dataDir: scratchFolder() });
  onTestFinished(() => store.stop());
  await expect(ask({ url: `redis://127.0.0.1:${store.port}` }, 'PING')).rejects.toThrow(/NOAUTH/);
  const secret = decodeURIComponent(new URL(store.url).password);
  expect(secret).toHaveLength(43);
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const file = `/proc/${pid}/cmdline`;
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '').not.toContain(secret);
  }
});

test('stop() leaves no process, no lock, no note, and may be called twice', async () => {
  const dataDir = scratchFolder();
  const store = await startRedis({ dataDir });
  const identity = identify(store.pid);
  await Promise.all([store.stop(), store.stop()]);
  await store.stop();
  expect(identity && isAlive(identity)).toBe(false);
  expect(readdirSync(dataDir).sort()).toEqual(['engine', 'secret']);
});

test('a busy port is named with its holder, and the folder is let go', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const dataDir = scratchFolder();
  const fault = await startFalkor({ dataDir, port }).catch((error: Error) => error);
  expect(fault).toBeInstanceOf(PortBusyError);
  expect((fault as Error).message).toContain(`taken by process ${process.pid}`);
  expect((fault as Error).message).toContain('FALKORDB_PORT');
  await (await startFalkor({ dataDir })).stop();
});

test('a folder in use is refused, naming the process that holds it', async () => {
  const dataDir = scratchFolder();
  const { owner } = await ownerProcess('startRedis', dataDir);
  const fault = await startRedis({ dataDir }).catch((error: Error) => error);
  expect(fault).toBeInstanceOf(LockedError);
  expect((fault as LockedError).pid).toBe(owner.pid);
});

test('after a kill -9 of its owner the store is gone or cleared, and the next start works', async () => {
  const dataDir = scratchFolder();
  const { owner, pid } = await ownerProcess('startFalkor', dataDir);
  const orphan = identify(pid);
  expect(orphan && isAlive(orphan)).toBe(true);
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  const store = await startFalkor({ dataDir });
  expect(orphan && isAlive(orphan)).toBe(false);
  await store.stop();
});

test('a graph written by another engine version is not opened', async () => {
  const dataDir = scratchFolder();
  writeFileSync(join(dataDir, 'engine'), '7.4.0-falkordb.4.2.0\n');
  await expect(startFalkor({ dataDir })).rejects.toThrow(EngineVersionError);
});

test('a damaged append-only file is told apart from other faults', async () => {
  const dataDir = scratchFolder();
  const store = await startFalkor({ dataDir });
  for (let i = 0; i < 20; i += 1) await ask(store, 'SET', `key:${i}`, 'value'.repeat(20));
  await store.stop();
  const folder = join(dataDir, 'appendonlydir');
  const file = readdirSync(folder).find((name) => name.endsWith('.incr.aof')) ?? '';
  const bytes = readFileSync(join(folder, file));
  bytes.fill(0xff, 100, 400);
  writeFileSync(join(folder, file), bytes);
  await expect(startFalkor({ dataDir })).rejects.toThrow(UnreadableDataError);
});
