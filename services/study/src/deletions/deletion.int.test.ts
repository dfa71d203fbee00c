import { connectDatabase, type Database } from '@gospelib/database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudyDatabase } from '../store/study.database.ts';
import { internalSecret } from '../testing/accounts.double.ts';
import { type Reader, serviceUrl, startWorld, type World } from '../testing/study.world.ts';
import { deletionFeed } from './deletion.feed.ts';
import { DeletionWorker } from './deletion.worker.ts';

let world: World;
let database: Database;
let owner: pg.Client;
let worker: DeletionWorker;

const silent = { info: () => undefined, warn: () => undefined };
const deletion = (userId: string, finalIn: number) => ({
  userId,
  deletedAt: new Date().toISOString(),
  finalAt: new Date(Date.now() + finalIn).toISOString(),
});

beforeAll(async () => {
  world = await startWorld();
  database = connectDatabase({
    url: serviceUrl(world.ownerUrl),
    schema: 'study',
    application: 'test',
  });
  owner = new pg.Client(world.ownerUrl);
  await owner.connect();
  worker = new DeletionWorker({
    store: new StudyDatabase({ reading: database, writing: database }),
    feed: deletionFeed(world.accounts.url, () => [internalSecret]),
    log: silent,
    pollMs: 1000,
  });
});
afterAll(async () => {
  await owner?.end();
  await database?.close();
  await world?.close();
});

async function furnish(reader: Reader): Promise<void> {
  await reader('POST', '/notes', { passage: 'alma.32', body: 'See Alma 33:1', tags: ['a'] });
  await reader('POST', '/highlights', { passage: 'alma.32.21', color: 'red' });
  await reader('POST', '/bookmarks', { passage: 'alma.32' });
  await reader('POST', '/collections', { title: 'Mine', items: [] });
  await reader('PUT', '/history/alma.32', {});
  await reader('PUT', '/palette/red', { label: 'Mine' });
}

/** The number of a user's rows in all tables. */
async function rowsOf(userId: string): Promise<number> {
  const tables = await owner.query(
    `SELECT table_name FROM information_schema.columns WHERE table_schema = 'study' AND column_name = 'user_id'`,
  );
  let total = 0;
  for (const { table_name } of tables.rows) {
    const { rows } = await owner.query(
      `SELECT count(*)::integer AS count FROM study.${table_name} WHERE user_id = $1`,
      [userId],
    );
    total += rows[0].count;
  }
  return total;
}

describe('a deleted account', () => {
  it('loses everything at once, nobody else anything, and is confirmed only at the end', async () => {
    const [maker, stranger] = [await world.reader('maker'), await world.reader('stranger')];
    await furnish(maker);
    await furnish(stranger);
    const strangers = await rowsOf('stranger');
    expect(await rowsOf('maker')).toBe(strangers);
    world.accounts.deletions = [deletion('maker', 60_000)];
    await worker.work();
    expect(await rowsOf('maker')).toBe(0);
    expect(await rowsOf('stranger')).toBe(strangers);
    expect(world.accounts.receipts).toEqual([]);

    // An earlier token can still write.
    await furnish(maker);
    await worker.work();
    expect(await rowsOf('maker')).toBeGreaterThan(0);
    world.accounts.deletions = [deletion('maker', -1)];
    await worker.work();
    expect(await rowsOf('maker')).toBe(0);
    expect(world.accounts.receipts).toEqual(['maker']);
    expect(world.accounts.deletions).toEqual([]);
    await worker.work();
    expect(await rowsOf('stranger')).toBe(strangers);
  });

  it('is followed by the running service by itself, which says once that accounts is away', async () => {
    const warnings: string[] = [];
    const running = new DeletionWorker({
      store: new StudyDatabase({ reading: database, writing: database }),
      feed: deletionFeed(world.accounts.url, () => [internalSecret]),
      log: { ...silent, warn: (_fields, message) => warnings.push(message) },
      pollMs: 20,
    });
    const cat = await world.reader('cat');
    await furnish(cat);
    running.start();
    try {
      world.accounts.deletions = [{ ...deletion('cat', 60_000), finalAt: 'not a time' }];
      await expect.poll(() => warnings).toHaveLength(1);
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(warnings).toHaveLength(1);
      world.accounts.deletions = [deletion('cat', 60_000)];
      await expect.poll(() => rowsOf('cat')).toBe(0);
    } finally {
      await running.stop();
      world.accounts.deletions = [];
    }
  });

  it('is asked about again when accounts is away or strange', async () => {
    for (const [url, secret] of [
      ['http://127.0.0.1:9', internalSecret],
      [world.accounts.url, 'wrong'],
    ] as const) {
      await expect(deletionFeed(url, () => [secret]).pending()).rejects.toThrow();
    }
    const wrong = deletionFeed(world.accounts.url, () => ['wrong']);
    await expect(wrong.confirm('maker')).rejects.toThrow();
  });

  it('is asked about by the secret of before while accounts does not know the new one', async () => {
    const feed = deletionFeed(world.accounts.url, () => ['not yet known', internalSecret]);
    expect(await feed.pending()).toEqual(world.accounts.deletions);
  });
});
