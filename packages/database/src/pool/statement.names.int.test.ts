import { startTestPostgres } from '@gospelib/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDatabase, type Database } from './database.ts';

let store: Awaited<ReturnType<typeof startTestPostgres>>;
let database: Database;

beforeAll(async () => {
  store = await startTestPostgres();
  database = connectDatabase({
    url: store.url,
    schema: 'public',
    application: 'test',
    connectTimeout: 30_000,
    connections: 1,
  });
});
afterAll(async () => {
  await database.close();
  await store.stop();
});

const prepared = () =>
  database.query<{ statement: string }>(
    'prepared',
    'SELECT statement FROM pg_prepared_statements ORDER BY prepare_time',
  );

it('prepares each text once, in and out of transactions', async () => {
  const add = (n: number) => database.query('add', 'SELECT $1::int + 1 AS sum', [n]);
  await add(1);
  await add(2);
  await database.transaction('in', (tx) =>
    tx.query('other name', 'SELECT $1::int + 1 AS sum', [3]),
  );
  const texts = (await prepared()).map(({ statement }) => statement);
  expect(texts.filter((text) => text === 'SELECT $1::int + 1 AS sum')).toHaveLength(1);
});

it('prepares no more than a thousand texts', async () => {
  for (let n = 0; n < 1050; n += 1) await database.query('many', `SELECT ${n} AS n`);
  expect(await prepared()).toHaveLength(1000);
  expect(await database.query('many', 'SELECT 1049 AS n')).toEqual([{ n: 1049 }]);
});

it('goes on after a migration changed what a statement answers', async () => {
  const names = connectDatabase({
    url: store.url,
    schema: 'public',
    application: 'test',
    connectTimeout: 30_000,
    connections: 1,
  });
  try {
    await names.query('make', 'CREATE TABLE shapes (size int)');
    const read = () => names.query('read', 'SELECT * FROM shapes');
    await read();
    await names.query('change', 'ALTER TABLE shapes ALTER size TYPE text');
    await expect(read()).rejects.toThrow('cached plan');
    expect(await read()).toEqual([]);
  } finally {
    await names.close();
  }
});
