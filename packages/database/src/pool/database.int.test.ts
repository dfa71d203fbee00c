import { startTestPostgres } from '@gospelib/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlStateOf } from './database.error.ts';
import { connectDatabase, type Database } from './database.ts';

let store: Awaited<ReturnType<typeof startTestPostgres>>;
let database: Database;
const seen: [string, string][] = [];

beforeAll(async () => {
  store = await startTestPostgres();
  database = connectDatabase({
    url: store.url,
    schema: 'public',
    application: 'test',
    connections: 4,
    onQuery: (name, outcome) => seen.push([name, outcome]),
  });
  await database.query('make', 'CREATE TABLE things (id int PRIMARY KEY)');
});
afterAll(async () => {
  await database.close();
  await store.stop();
});

async function count(): Promise<number> {
  const rows = await database.query<{ n: number }>(
    'count',
    'SELECT count(*)::int AS n FROM things',
  );
  return rows[0]?.n ?? -1;
}

describe('queries', () => {
  it('answers rows, and reports each by its name', async () => {
    seen.length = 0;
    const rows = await database.query<{ sum: number }>('add', 'SELECT $1::int + 1 AS sum', [41]);
    expect(rows).toEqual([{ sum: 42 }]);
    await expect(database.query('bad', 'SELEC')).rejects.toThrow('syntax error');
    expect(seen).toEqual([
      ['add', 'ok'],
      ['bad', 'error'],
    ]);
  });

  it('tells a refusal by its code, and keeps the connection', async () => {
    await database.query('insert', 'INSERT INTO things VALUES (1)');
    const error = await database.query('insert', 'INSERT INTO things VALUES (1)').catch((e) => e);
    expect(sqlStateOf(error)).toBe('23505');
    expect(database.pool.totalCount).toBeGreaterThan(0);
  });

  it('commits what resolves and rolls back what throws', async () => {
    const before = await count();
    await database.transaction('two', async (tx) => {
      await tx.query('insert', 'INSERT INTO things VALUES (10)');
      await tx.query('insert', 'INSERT INTO things VALUES (11)');
    });
    expect(await count()).toBe(before + 2);
    const failed = database.transaction('half', async (tx) => {
      await tx.query('insert', 'INSERT INTO things VALUES (12)');
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await count()).toBe(before + 2);
  });

  it('gives up on a slow query, and goes on', async () => {
    await expect(database.query('slow', 'SELECT pg_sleep(600)')).rejects.toMatchObject({
      name: 'StoreUnavailableError',
    });
    await database.ping();
  });

  it('gives a transaction the time it asks for', async () => {
    const slow = database.transaction(
      'slow',
      (tx) => tx.query<{ done: number }>('slow', 'SELECT 1 AS done FROM pg_sleep(1.2)'),
      { timeout: 60_000 },
    );
    expect(await slow).toEqual([{ done: 1 }]);
    await expect(database.query('slow', 'SELECT pg_sleep(600)')).rejects.toThrow('timeout');
  });

  it('fails those who wait too long for a connection', async () => {
    const enough = Promise.withResolvers<void>();
    const holders = Array.from({ length: 4 }, () =>
      database.transaction('hold', () => enough.promise, { timeout: 60_000 }),
    );
    await expect(database.ping()).rejects.toMatchObject({ name: 'StoreUnavailableError' });
    enough.resolve();
    await Promise.all(holders);
    await database.ping();
  });
});
