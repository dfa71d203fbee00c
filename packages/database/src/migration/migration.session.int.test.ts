import { startTestPostgres } from '@gospelib/testkit';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withLock, withSharedLock } from './migration.session.ts';

let store: Awaited<ReturnType<typeof startTestPostgres>>;
const sessions: (() => Promise<void>)[] = [];

beforeAll(async () => {
  store = await startTestPostgres();
});
afterAll(async () => {
  for (const end of sessions) await end();
  await store.stop();
});

/** As a busy server, which ends the session of who has gone a moment later. */
async function lingers(client: pg.Client): Promise<void> {
  sessions.push(client.end.bind(client));
  Object.assign(client, { end: async () => {} });
}

it('leaves the lock to who comes next, also before the server has ended the session', async () => {
  await withLock(store.url, lingers);
  await withSharedLock(store.url, lingers);
  await expect(
    withLock(store.url, async (client) => {
      await lingers(client);
      throw new Error('broken off');
    }),
  ).rejects.toThrow('broken off');
  await expect(withLock(store.url, async () => 'held')).resolves.toBe('held');
});
