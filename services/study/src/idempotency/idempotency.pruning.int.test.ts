import { randomUUIDv7 } from 'node:crypto';
import { connectDatabase } from '@gospelib/database';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StudyDatabase } from '../store/study.database.ts';
import { serviceUrl, startWorld, type World } from '../testing/study.world.ts';
import { pruneKeys } from './idempotency.pruning.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

it('forgets keys after two days, everybody’s, and none sooner', async () => {
  const [maker, stranger] = [await world.reader('maker'), await world.reader('stranger')];
  const [old, young] = [randomUUIDv7(), randomUUIDv7()];
  const first = (await maker('POST', '/notes', { body: 'a' }, { 'idempotency-key': old })).json();
  await maker('POST', '/notes', { body: 'b' }, { 'idempotency-key': young });
  await stranger('POST', '/notes', { body: 'c' }, { 'idempotency-key': old });
  const owner = new pg.Client(world.ownerUrl);
  const database = connectDatabase({
    url: serviceUrl(world.ownerUrl),
    schema: 'study',
    application: 'test',
  });
  try {
    await owner.connect();
    const age = (key: string, hours: number) =>
      owner.query(
        `UPDATE study.idempotency_keys SET created_at = now() - $2 * interval '1 hour' WHERE key = $1`,
        [key, hours],
      );
    await age(old, 49);
    await age(young, 47);
    expect(await pruneKeys(new StudyDatabase({ reading: database, writing: database }))).toBe(2);
    const left = await owner.query('SELECT key FROM study.idempotency_keys');
    expect(left.rows).toEqual([{ key: young }]);
    const again = await maker('POST', '/notes', { body: 'a' }, { 'idempotency-key': old });
    expect(again.json().id).not.toBe(first.id);
  } finally {
    await owner.end();
    await database.close();
  }
});
