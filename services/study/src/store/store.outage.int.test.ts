import { randomUUIDv7 } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { problem } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { type RunningStore, startPostgres } from '@gospelib/stores';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { type AccountsDouble, startAccounts } from '../testing/accounts.double.ts';
import { prepareSchema, type Reader, readerOf, studyEnv } from '../testing/study.world.ts';

/** A durable store: its folder outlives the process, and it restarts at the same address. */
let folder: string;
let store: RunningStore;
let accounts: AccountsDouble;
let app: Service;
let maker: Reader;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gospelib-study-'));
  store = await startPostgres({ dataDir: folder });
  accounts = await startAccounts();
  await prepareSchema(store.url);
  app = await buildApp(readConfig(studyEnv(store.url, accounts.url)));
  maker = readerOf(app, await accounts.token('maker'));
});
afterAll(async () => {
  await app?.close();
  await accounts?.close();
  await store?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function killAndRestart(): Promise<void> {
  process.kill(store.pid, 'SIGKILL');
  await store.exited;
  store = await startPostgres({ dataDir: folder, port: store.port });
}

const untilBack = () =>
  expect.poll(async () => (await app.inject('/ready')).statusCode, { interval: 100 }).toBe(200);

it('answers while it is away that the store is away, and goes on when it is back', async () => {
  process.kill(store.pid, 'SIGSTOP');
  const pids = await childrenOf(store.pid);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  try {
    const answers = await Promise.all([
      maker('POST', '/notes', { body: 'x' }),
      maker('GET', '/notes'),
      maker('GET', '/chapters/alma.32/marks'),
      maker('GET', '/export'),
      app.inject('/ready'),
    ]);
    for (const answer of answers) {
      expect(answer.statusCode).toBe(503);
      expect(answer.headers['retry-after']).toBeDefined();
      expect(problem.parse(answer.json()).status).toBe(503);
    }
    expect((await app.inject('/health')).statusCode).toBe(200);
  } finally {
    for (const pid of [...pids, store.pid]) process.kill(pid, 'SIGCONT');
  }
  await untilBack();
  expect((await maker('POST', '/notes', { body: 'x' })).statusCode).toBe(201);
});

it('loses no acknowledged write and does none twice while the store is killed again and again', async () => {
  const reader = readerOf(app, await accounts.token('durable'));
  const acknowledged = new Map<string, string>();
  let stopped = false;
  let writes = 0;
  let refused = 0;
  const writer = async (name: number): Promise<void> => {
    for (let n = 0; !stopped; n += 1) {
      const body = `Write ${name}.${n}`;
      const key = { 'idempotency-key': randomUUIDv7() };
      for (;;) {
        const answer = await reader('POST', '/notes', { body }, key);
        writes += 1;
        if (answer.statusCode === 201) {
          acknowledged.set(body, answer.json().id);
          break;
        }
        expect(answer.statusCode).toBe(503);
        refused += 1;
        await wait(50);
      }
      await wait(5);
    }
  };
  const writers = Array.from({ length: 10 }, (_, name) => writer(name));
  const goesOn = () => {
    const before = acknowledged.size;
    return expect.poll(() => acknowledged.size).toBeGreaterThan(before + 50);
  };
  for (let kill = 0; kill < 4; kill += 1) {
    await goesOn();
    await killAndRestart();
  }
  await goesOn();
  stopped = true;
  await Promise.all(writers);
  await untilBack();

  const lines = (await reader('GET', '/export')).body
    .split('\n')
    .filter((line) => line.includes('"note"'));
  const stored = lines.map((line): { id: string; body: string } => JSON.parse(line));
  expect(refused).toBeGreaterThan(0);
  expect(new Map(stored.map(({ body, id }) => [body, id]))).toEqual(acknowledged);
  expect(stored).toHaveLength(acknowledged.size);
  console.info(
    `${acknowledged.size} acknowledged of ${writes} requests, ${refused} refused, each present once`,
  );
});

async function childrenOf(pid: number): Promise<number[]> {
  const { readFile } = await import('node:fs/promises');
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean).map(Number);
}
