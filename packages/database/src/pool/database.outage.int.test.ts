import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningStore, startPostgres } from '@gospelib/stores';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDatabase, type Database } from './database.ts';

let dataDir: string;
let store: RunningStore;
let database: Database;
const lost: string[] = [];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'database-away-'));
  store = await startPostgres({ dataDir, persistence: false });
  database = connectDatabase({
    url: store.url,
    schema: 'public',
    application: 'test',
    connections: 4,
    onLost: (error) => lost.push(error.message),
  });
});
afterAll(async () => {
  await database.close();
  await store.stop();
  rmSync(dataDir, { recursive: true });
});

/** Twenty queries at once over four connections: all fail while the store is unavailable. */
async function expectAway(): Promise<void> {
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => database.ping()));
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: { name: 'StoreUnavailableError' },
    });
  }
}

it('fails while the store is frozen, and works again after', async () => {
  await database.ping();
  const rows = await database.query<{ pid: number }>('pids', 'SELECT pid FROM pg_stat_activity');
  const frozen = [store.pid, ...rows.map(({ pid }) => pid)];
  for (const pid of frozen) process.kill(pid, 'SIGSTOP');
  try {
    await expectAway();
  } finally {
    for (const pid of frozen) process.kill(pid, 'SIGCONT');
  }
  await expect.poll(works).toBe(true);
});

it('fails while the store is stopped, and works again when it is back', async () => {
  await database.ping();
  await store.stop();
  expect(lost.length).toBeGreaterThan(0);
  await expectAway();
  store = await startPostgres({ dataDir, port: store.port, persistence: false });
  await expect.poll(works).toBe(true);
});

const works = () => database.ping().then(() => true);

it('survives a connection that is lost between two statements of a transaction', async () => {
  const broken = database.transaction('broken', async (queries) => {
    const [row] = await queries.query<{ pid: number }>('pid', 'SELECT pg_backend_pid() AS pid');
    await database.query('end', 'SELECT pg_terminate_backend($1)', [row?.pid]);
    // The error arrives while no statement is running.
    await new Promise((resolve) => setTimeout(resolve, 100));
    return queries.query('after', 'SELECT 1');
  });
  await expect(broken).rejects.toMatchObject({ name: 'StoreUnavailableError' });
  await database.ping();
});
