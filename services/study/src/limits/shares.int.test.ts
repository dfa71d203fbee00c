import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from '../testing/study.world.ts';

let world: World;
let owner: pg.Client;
/** A transaction sees the activity of its beginning, so another session looks. */
let watcher: pg.Client;

beforeAll(async () => {
  world = await startWorld();
  owner = new pg.Client(world.ownerUrl);
  watcher = new pg.Client(world.ownerUrl);
  await Promise.all([owner.connect(), watcher.connect()]);
});
afterAll(async () => {
  await Promise.all([owner?.end(), watcher?.end()]);
  await world?.close();
});

it('whose requests hang holds two connections, and others go on', async () => {
  const [hanging, other] = [await world.reader(), await world.reader()];
  const { id, version } = (await hanging('POST', '/notes', { body: 'x' })).json();
  const before = (await other('POST', '/notes', { body: 'x' })).json();
  await owner.query('BEGIN');
  await owner.query('SELECT FROM study.notes WHERE id = $1 FOR UPDATE', [id]);
  const headers = { 'if-match': `"${version}"` };
  const changes = Array.from({ length: 20 }, async (_, n) => {
    await hanging('PUT', `/notes/${id}`, { body: `${n}` }, headers);
  });
  await expect.poll(waitingForLocks).toBe(2);
  const answers = await Promise.all([
    other('POST', '/notes', { body: 'y' }),
    other('PUT', `/notes/${before.id}`, { body: 'z' }, { 'if-match': `"${before.version}"` }),
    other('GET', '/notes'),
    hanging('GET', '/notes'),
  ]);
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 200, 200, 200]);
  expect(await waitingForLocks()).toBeLessThanOrEqual(2);
  await owner.query('COMMIT');
  await Promise.all(changes);
});

it('is told to the gateway as the time for which its requests had connections', async () => {
  const [busy, other] = [await world.reader(), await world.reader()];
  const told = ({ headers }: { headers: Record<string, unknown> }) => Number(headers['x-work-ms']);
  await owner.query('BEGIN');
  await owner.query('LOCK TABLE study.notes');
  const hanging = busy('GET', '/notes');
  await expect.poll(waitingForLocks).toBe(1);
  await setTimeout(50);
  await owner.query('COMMIT');
  expect(told(await hanging)).toBeGreaterThanOrEqual(50);
  expect(told(await other('GET', '/tags'))).toBeGreaterThan(0);
  // What needs no connection of theirs.
  expect((await other('GET', '/openapi.json')).headers['x-work-ms']).toBeUndefined();
});

/** Connections of the service that wait for a row. */
async function waitingForLocks(): Promise<number> {
  const { rowCount } = await watcher.query(
    `SELECT FROM pg_stat_activity WHERE usename = 'study_service' AND wait_event_type = 'Lock'`,
  );
  return rowCount ?? 0;
}
