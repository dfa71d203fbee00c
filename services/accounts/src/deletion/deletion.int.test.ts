import { connectDatabase, type Database } from '@gospelib/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../testing/browser.ts';
import { goodPassword, type Harness, internalSecret, startHarness } from '../testing/harness.ts';

let harness: Harness;
let database: Database;

beforeAll(async () => {
  harness = await startHarness();
  database = connectDatabase({
    url: harness.ownerUrl,
    schema: 'accounts',
    application: 'test',
  });
});
afterAll(async () => {
  await database.close();
  await harness.close();
});

function internal(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
  const headers = { authorization: `Bearer ${internalSecret}` };
  return harness.browser().send(method, `/internal/v1/deletions${path}`, body, headers);
}

/** Every table and row in which a text appears. */
async function tracesOf(text: string): Promise<string[]> {
  const tables = ['users', 'sessions', 'credentials', 'verifications', 'events', 'throttles'];
  const found: string[] = [];
  for (const table of tables) {
    const rows = await database.query(
      'test',
      `SELECT 1 FROM ${table} t WHERE position($1 in t::text) > 0`,
      [text],
    );
    if (rows.length > 0) found.push(table);
  }
  return found;
}

describe('an account that is deleted', () => {
  it('asks for its password', async () => {
    const browser = await harness.signedIn('reader@example.org');
    const missing = await browser.delete('/api/v1/account', {}, 400);
    expect(missing.body.errors).toEqual([{ path: 'body.password', message: 'is required' }]);
    await browser.delete('/api/v1/account', { password: 'not the password' }, 400);
    await browser.get('/api/v1/account', 200);
  });

  it('is gone for good, with everything of it, and only its own', async () => {
    const email = 'author@example.org';
    const browser = await harness.signedIn(email, '203.0.113.50');
    const neighbour = await harness.signedIn('stranger@example.org');
    await harness.browser().post('/api/v1/auth/request-password-reset', { email }, 200);
    const { id } = (await browser.get('/api/v1/account', 200)).body;
    expect(await tracesOf(id)).toEqual([
      'users',
      'sessions',
      'credentials',
      'verifications',
      'events',
    ]);
    const cookies = new Map(browser.cookies);

    const { body } = await browser.delete('/api/v1/account', { password: goodPassword }, 200);
    expect(body.explanation).toContain('cannot be brought back');
    expect(new Date(body.finalAt).getTime() - new Date(body.deletedAt).getTime()).toBe(360_000);
    expect(browser.cookies.size).toBe(0);
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    await browser.get('/api/v1/account', 401);
    await browser.get('/api/v1/auth/token', 401);
    await harness
      .browser()
      .post('/api/v1/auth/sign-in/email', { email, password: goodPassword }, 401);
    expect(await tracesOf(id)).toEqual([]);
    expect(await tracesOf(email)).toEqual([]);
    expect((await harness.mails(email, 3)).at(-1)?.subject).toContain('deleted');
    await neighbour.get('/api/v1/account', 200);

    // The address is free again, for a different account.
    const again = await harness.signedIn(email);
    expect((await again.get('/api/v1/account', 200)).body.id).not.toBe(id);
  });

  it('is told to other services until they have confirmed, which they cannot too early', async () => {
    const browser = await harness.signedIn('guest@example.org');
    const { id } = (await browser.get('/api/v1/account', 200)).body;
    const receipt = { consumer: 'study' };
    expect((await internal('POST', `/${id}/receipt`, receipt)).status).toBe(404);
    const { body } = await browser.delete('/api/v1/account', { password: goodPassword }, 200);

    const listed = async () => {
      const answer = await internal('GET', '?consumer=study');
      return answer.body.items.find((item: { userId: string }) => item.userId === id);
    };
    expect(await listed()).toEqual({
      userId: id,
      deletedAt: body.deletedAt,
      finalAt: body.finalAt,
    });
    expect((await internal('POST', `/${id}/receipt`, receipt)).status).toBe(400);
    expect(await listed()).toBeDefined();
    await database.query('test', 'UPDATE deletions SET final_at = now() WHERE user_id = $1', [id]);
    for (let twice = 0; twice < 2; twice++) {
      expect((await internal('POST', `/${id}/receipt`, receipt)).status).toBe(204);
    }
    expect(await listed()).toBeUndefined();
  });

  it('is deleted once, however often it is asked for at the same time', async () => {
    const browser = await harness.signedIn('teacher@example.org');
    const { id } = (await browser.get('/api/v1/account', 200)).body;
    const body = { password: goodPassword };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => browser.delete('/api/v1/account', body)),
    );
    expect(answers.map(({ status }) => status)).toContain(200);
    for (const { status } of answers) expect([200, 401]).toContain(status);
    const rows = await database.query('test', 'SELECT FROM deletions WHERE user_id = $1', [id]);
    expect(rows).toHaveLength(1);
    expect(await tracesOf(id)).toEqual([]);
  });

  it('is not deleted at all when a part of it fails', async () => {
    const browser = await harness.signedIn('student@example.org');
    const { id } = (await browser.get('/api/v1/account', 200)).body;
    await database.query('test', 'ALTER TABLE deletions RENAME TO deletions_away');
    await browser.delete('/api/v1/account', { password: goodPassword }, 500);
    await database.query('test', 'ALTER TABLE deletions_away RENAME TO deletions');
    expect((await browser.get('/api/v1/account', 200)).body.id).toBe(id);
    expect((await browser.get('/api/v1/account/events', 200)).body.items).toHaveLength(3);
    await browser.delete('/api/v1/account', { password: goodPassword }, 200);
  });

  it('refuses questions of nobody in particular', async () => {
    for (const query of [
      '',
      '?consumer=other',
      '?consumer=study&limit=0',
      '?consumer=study&limit=99999',
    ]) {
      expect((await internal('GET', query)).status).toBe(400);
    }
  });
});

describe('the log of events', () => {
  it('cannot be changed by the service, but for what is old or of nobody', async () => {
    await harness.signedIn('visitor@example.org');
    const service = connectDatabase({
      url: harness.config.DATABASE_URL,
      schema: 'accounts',
      application: 'test',
    });
    for (const sql of ['DELETE FROM events', "UPDATE events SET kind = 'x'", 'TRUNCATE events']) {
      await expect(service.query('test', sql)).rejects.toMatchObject({ code: '42501' });
    }
    const owned =
      'SELECT id, user_id FROM events WHERE user_id IS NOT NULL ORDER BY id DESC LIMIT 1';
    const [event] = await service.query<{ id: string; user_id: string }>('test', owned);
    await service.query('test', 'SELECT depersonalise_events($1)', [event?.user_id]);
    expect(await service.query('test', owned)).toEqual([event]);

    await database.query(
      'test',
      "UPDATE events SET at = now() - interval '181 days' WHERE id = $1",
      [event?.id],
    );
    const [pruned] = await service.query<{ prune_events: string }>('test', 'SELECT prune_events()');
    expect(pruned?.prune_events).toBe('1');
    await service.close();
  });
});
