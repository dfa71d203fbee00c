import { randomUUIDv7 } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceUrl, startWorld, type World } from '../testing/study.world.ts';

/** Row-level security alone: what the service's role may do when a query forgets whose rows it is about. */
let world: World;
let client: pg.Client;

const tables = [
  'notes',
  'note_mentions',
  'highlights',
  'bookmarks',
  'collections',
  'history',
  'colors',
  'idempotency_keys',
];

beforeAll(async () => {
  world = await startWorld();
  const stranger = await world.reader('stranger');
  await stranger('POST', '/notes', { passage: 'alma.32.21', body: 'See Alma 32:22' });
  await stranger('POST', '/highlights', { passage: 'alma.32.21', color: 'red' });
  await stranger('POST', '/bookmarks', { passage: 'alma.32.21' });
  await stranger('POST', '/collections', { title: 'Mine', items: [] });
  await stranger('PUT', '/history/alma.32', {});
  await stranger('PUT', '/palette/red', { label: 'Mine' });
  client = new pg.Client({
    connectionString: serviceUrl(world.ownerUrl),
    options: '-c search_path=study',
  });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await world?.close();
});

const become = (userId: string) =>
  client.query(`SELECT set_config('study.user_id', $1, false)`, [userId]);

describe.each(tables)('%s', (table) => {
  it.each(['', 'maker'])('as %j shows, changes and deletes nothing', async (userId) => {
    await become(userId);
    expect((await client.query(`SELECT * FROM ${table}`)).rowCount).toBe(0);
    expect((await client.query(`UPDATE ${table} SET user_id = user_id`)).rowCount).toBe(0);
    expect((await client.query(`DELETE FROM ${table}`)).rowCount).toBe(0);
  });

  it('shows its own reader what is there', async () => {
    await become('stranger');
    expect((await client.query(`SELECT * FROM ${table}`)).rowCount).toBeGreaterThan(0);
  });
});

it('takes no row of another', async () => {
  await become('maker');
  const insert = client.query(
    `INSERT INTO colors (user_id, color, label) VALUES ('stranger', 'blue', 'somebody was here')`,
  );
  await expect(insert).rejects.toMatchObject({ code: '42501' });
  await become('stranger');
  const give = client.query(`UPDATE bookmarks SET user_id = 'maker'`);
  await expect(give).rejects.toMatchObject({ code: '42501' });
});

it('can do nothing but read and write rows', async () => {
  for (const statement of [
    'DROP TABLE notes',
    'TRUNCATE notes',
    'ALTER TABLE notes DISABLE ROW LEVEL SECURITY',
    'DROP POLICY own ON notes',
    'CREATE TABLE mine (a integer)',
    'DELETE FROM migrations',
    'SET ROLE gospelib',
  ]) {
    await expect(client.query(statement), statement).rejects.toMatchObject({ code: '42501' });
  }
});

it('prunes no key that is younger than a day, whatever is asked', async () => {
  await become('stranger');
  const { rowCount } = await client.query('SELECT * FROM idempotency_keys');
  await client.query(`SELECT prune_idempotency_keys('-1 year', 1000)`);
  expect((await client.query('SELECT * FROM idempotency_keys')).rowCount).toBe(rowCount);
});

it('opens a shared list by its whole link only', async () => {
  for (const link of ['', '%', '_'.repeat(32), randomUUIDv7(), null]) {
    expect((await client.query('SELECT * FROM shared_collection($1)', [link])).rowCount).toBe(0);
  }
});
