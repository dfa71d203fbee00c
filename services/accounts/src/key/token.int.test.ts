import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDatabase, type Database } from '@gospelib/database';
import { createTokenVerifier, type TokenVerifier } from '@gospelib/tokens';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { keyMaker } from '../auth/key.maker.ts';
import { Browser } from '../testing/browser.ts';
import {
  goodPassword,
  type Harness,
  internalSecret,
  origin,
  startHarness,
} from '../testing/harness.ts';
import { KeyRing, type MakeKey } from './key.ring.ts';
import { keySchedule } from './key.schedule.ts';

let harness: Harness;
let jwksUrl: string;
let database: Database;
let browser: Browser;

beforeAll(async () => {
  harness = await startHarness();
  await harness.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = harness.app.server.address() as AddressInfo;
  jwksUrl = `http://127.0.0.1:${port}/api/v1/auth/jwks`;
  database = connectDatabase({
    url: harness.config.DATABASE_URL,
    schema: 'accounts',
    application: 'test',
    connectTimeout: 30_000,
  });
  browser = await harness.signedIn('author@example.org');
  // The first key is made after the start; on a busy machine that may take another try.
  const { ring } = ringAt(Date.now);
  await vi.waitUntil(async () => (await ring.list()).length > 0, { timeout: 60_000 });
});
afterAll(async () => {
  vi.useRealTimers();
  await database.close();
  await harness.close();
});

function verifier(): TokenVerifier {
  return createTokenVerifier({ jwksUrl, issuer: origin, cooldown: 10 });
}

async function token(from = browser): Promise<string> {
  return (await from.get('/api/v1/auth/token', 200)).body.token;
}

/** The key ring of another instance at a future moment. */
function ringAt(now: () => number): { ring: KeyRing; makeKey: MakeKey } {
  const { config } = harness;
  const ring = new KeyRing(database, keySchedule(config), now);
  return { ring, makeKey: keyMaker(config) };
}

function kidOf(jwt: string): string {
  return JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()).kid;
}

describe('a token', () => {
  it('says who, for how long, and nothing else', async () => {
    const { body } = await browser.get('/api/v1/auth/token', 200);
    const account = (await browser.get('/api/v1/account', 200)).body;
    const claims = JSON.parse(Buffer.from(body.token.split('.')[1], 'base64url').toString());
    const { items } = (await browser.get('/api/v1/account/sessions', 200)).body;
    expect(claims).toEqual({
      sub: account.id,
      sid: items[0].id,
      iat: expect.any(Number),
      // Without Redis nobody can be told of a session that ended.
      exp: claims.iat + 60,
      iss: origin,
      aud: 'gospelib',
    });
    expect(new Date(body.expiresAt).getTime()).toBe(claims.exp * 1000);
    expect(await verifier().verify(body.token)).toMatchObject({ userId: account.id });
  });

  it('is for who is signed in only, and never kept by a cache', async () => {
    const answer = await harness.browser().get('/api/v1/auth/token', 401);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect((await browser.get('/api/v1/auth/token', 200)).headers['cache-control']).toBe(
      'no-store',
    );
  });

  it('is not had with a changed cookie', async () => {
    const thief = harness.browser();
    for (const [name, value] of browser.cookies) {
      for (const forged of [value.slice(0, -6), `${value}x`, value.split('.')[0] ?? '', 'x', '']) {
        thief.cookies.set(name, forged);
        await thief.get('/api/v1/auth/token', 401);
        thief.cookies.clear();
      }
    }
  });
});

describe('keys', () => {
  it('show nothing private', async () => {
    const answer = await browser.get('/api/v1/auth/jwks', 200);
    expect(answer.headers['cache-control']).toBe('public, max-age=60');
    for (const key of answer.body.keys) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'x']);
    }
    const rows = await database.query<{ private_key: string }>(
      'test',
      'SELECT private_key FROM signing_keys',
    );
    for (const { private_key } of rows) expect(private_key).not.toMatch(/"d"|"kty"/);
  });

  it('are made once, however many instances start at the same time', async () => {
    await database.query('test', 'DELETE FROM signing_keys');
    const rings = Array.from({ length: 6 }, () => ringAt(Date.now));
    const made = await Promise.all(rings.map(({ ring, makeKey }) => ring.maintain(makeKey)));
    expect(made.flatMap(({ added }) => added)).toHaveLength(1);
  });

  it('sign at once when there was none, also by a rotation', async () => {
    await database.query('test', 'DELETE FROM signing_keys');
    const { ring, makeKey } = ringAt(Date.now);
    const { added } = await ring.rotate(makeKey);
    expect((await ring.signing()).id).toBe(added[0]);
    expect((await (await harness.another()).inject('/ready')).statusCode).toBe(200);
  });

  it('rotate without anybody noticing', async () => {
    const day = 86_400_000;
    let clock = Date.now();
    const { ring, makeKey } = ringAt(() => clock);
    const first = (await ring.signing()).id;
    expect(await ring.maintain(makeKey)).toEqual({ added: [], removed: [] });

    // A month later, the next key is published ten minutes before it signs.
    clock += 30 * day - 600_000;
    const { added } = await ring.maintain(makeKey);
    expect(added).toHaveLength(1);
    expect((await ring.signing()).id).toBe(first);
    expect((await ring.published()).keys.map(({ kid }) => kid)).toEqual([first, added[0]]);
    expect(await ring.maintain(makeKey)).toEqual({ added: [], removed: [] });

    clock += 600_000;
    expect((await ring.signing()).id).toBe(added[0]);
    // The old key stays until no token that it signed can be valid.
    clock += 300_000;
    expect(await ring.maintain(makeKey)).toEqual({ added: [], removed: [] });
    clock += 300_001;
    expect(await ring.maintain(makeKey)).toEqual({ added: [], removed: [first] });
    expect((await ring.published()).keys.map(({ kid }) => kid)).toEqual(added);
  });

  it('that may be known to others are all replaced at once', async () => {
    const { ring, makeKey } = ringAt(Date.now);
    const before = (await ring.published()).keys.map(({ kid }) => kid);
    const { added, removed } = await ring.replaceAll(makeKey);
    expect(removed.sort()).toEqual(before.sort());
    expect((await ring.published()).keys.map(({ kid }) => kid)).toEqual(added);
    const service = await harness.another();
    browser.app = service;
    expect(kidOf(await token())).toBe(added[0]);
  });

  it('encrypted with a former secret still sign', async () => {
    const [current] = harness.config.AUTH_SECRETS;
    const rotated = `2:another-secret-for-tests-0d1b6c2a,1:${current?.value}`;
    const service = await harness.another({ AUTH_SECRETS: rotated });
    const email = 'stranger@example.org';
    const reader = await harness.signedIn(email);
    reader.cookies.clear();
    reader.app = service;
    const password = 'liahona compass 71';
    await reader.post('/api/v1/auth/sign-in/email', { email, password }, 200);
    await expect(token(reader)).resolves.toContain('.');
  });
});

describe('secrets that change while the service runs', () => {
  const [first, second] = ['1:a-secret-for-tests-only-4f8a0c92d1e7b365', `2:${'b'.repeat(40)}`];

  /** A service that is told its secrets by files, and how to change one. */
  async function toldByFiles() {
    const folder = mkdtempSync(join(tmpdir(), 'accounts-secrets-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const change = (name: string, value: string) => writeFileSync(join(folder, name), value);
    change('AUTH_SECRETS', first);
    change('INTERNAL_SECRET', internalSecret);
    const told = { AUTH_SECRETS: '', INTERNAL_SECRET: '', SECRETS_DIR: folder };
    const service = await harness.another(told);
    return { service, change };
  }

  it('sign nobody out, and what is signed from then on is signed by the new one', async () => {
    const { service, change } = await toldByFiles();
    const credentials = { email: 'author@example.org', password: goodPassword };
    const [before, after] = [1, 2].map(() => new Browser(service, origin, '127.0.0.1'));
    await before?.post('/api/v1/auth/sign-in/email', credentials, 200);
    for (const secrets of [`${first},${second}`, `${second},${first}`, 'of no use']) {
      change('AUTH_SECRETS', secrets);
      await expect(token(before)).resolves.toContain('.');
    }
    await after?.post('/api/v1/auth/sign-in/email', credentials, 200);
    await expect(token(after)).resolves.toContain('.');
    change('AUTH_SECRETS', second);
    await after?.get('/api/v1/account', 200);
    await before?.get('/api/v1/account', 401);
  });

  it('let other services in by the one before, too, for a time', async () => {
    const { service, change } = await toldByFiles();
    const other = new Browser(service, origin, '127.0.0.1');
    const ask = (secret: string, status: number) => {
      const headers = { authorization: `Bearer ${secret}` };
      return other.send('GET', '/internal/v1/deletions?consumer=study', undefined, headers, status);
    };
    const next = 'another-internal-secret-of-the-tests-01234';
    await ask(next, 401);
    change('INTERNAL_SECRET', next);
    await ask(next, 200);
    await ask(internalSecret, 200);
    await ask(`${next}x`, 401);
  });
});

describe('while nothing can be signed', () => {
  /** Somebody who signed in at an instance that was started now, and has read no keys yet. */
  async function signedInAtAnother(change: Record<string, string> = {}): Promise<Browser> {
    const fresh = new Browser(await harness.another(change), origin, '127.0.0.1');
    const credentials = { email: 'author@example.org', password: goodPassword };
    await fresh.post('/api/v1/auth/sign-in/email', credentials, 200);
    return fresh;
  }

  async function expectUnavailable(from: Browser): Promise<void> {
    const answer = await from.get('/api/v1/auth/token', 503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.body).toMatchObject({ detail: 'No tokens can be signed right now.' });
  }

  it('asks to come back when the secret does not open the key', async () => {
    const AUTH_SECRETS = '1:a-secret-for-tests-only-77b1c3d2e5f60918';
    await expectUnavailable(await signedInAtAnother({ AUTH_SECRETS }));
  });

  it('asks to come back when there is no key yet, and gives a token when there is', async () => {
    const fresh = await signedInAtAnother();
    await database.query('test', 'DELETE FROM signing_keys');
    await expectUnavailable(fresh);
    const { ring, makeKey } = ringAt(Date.now);
    await ring.maintain(makeKey);
    await token(fresh);
  });
});
