import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from '../testing/browser.ts';
import { goodPassword, type Harness, internalSecret, startHarness } from '../testing/harness.ts';

let harness: Harness;
let browser: Browser;

beforeAll(async () => {
  harness = await startHarness();
  browser = await harness.signedIn('reader@example.org');
});
afterAll(() => harness.close());

describe('a request from another site', () => {
  const signOut = '/api/v1/auth/sign-out';
  const absent = { origin: undefined, 'sec-fetch-site': undefined };

  it.each([
    ['by its origin', { origin: 'https://evil.example' }],
    ['by an origin that only begins like ours', { origin: 'http://localhost:8080.evil.example' }],
    ['by another port', { origin: 'http://localhost:9999' }],
    ['by an origin that is hidden', { origin: 'null' }],
    ['by an origin of another scheme', { origin: 'https://localhost:8080' }],
    ['by fetch metadata', { ...absent, 'sec-fetch-site': 'cross-site' }],
    ['by fetch metadata of a sibling', { ...absent, 'sec-fetch-site': 'same-site' }],
    ['by its referrer', { ...absent, referer: 'https://evil.example/page' }],
    ['by a broken referrer', { ...absent, referer: 'nonsense' }],
    ['for it does not say where it comes from', absent],
  ])('is refused: known %s', async (_what, headers) => {
    const answer = await browser.send('POST', signOut, {}, headers, 403);
    expect(answer.body.type).toBe('/problems/forbidden');
    await browser.get('/api/v1/account', 200);
  });

  it('cannot sign a visitor in to its own account', async () => {
    const body = { email: 'reader@example.org', password: goodPassword };
    const url = '/api/v1/auth/sign-in/email';
    const visitor = harness.browser();
    await visitor.send('POST', url, body, { origin: 'https://evil.example' }, 403);
    await visitor.send('POST', url, body, { ...absent, 'sec-fetch-site': 'cross-site' }, 403);
    expect(visitor.cookies.size).toBe(0);
  });

  it.each([
    ['with a referrer of ours', { ...absent, referer: 'http://localhost:8080/account' }],
    ['with fetch metadata alone', { ...absent, 'sec-fetch-site': 'same-origin' }],
  ])('is told apart from one of ours %s', async (_what, headers) => {
    await browser.send('PATCH', '/api/v1/account', { name: 'Reader' }, headers, 200);
  });

  it('cannot come as a form', async () => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
    ]) {
      const response = await harness.app.inject({
        method: 'POST',
        url: '/api/v1/auth/sign-in/email',
        headers: { 'content-type': type },
        payload: `{"email":"reader@example.org","password":"${goodPassword}"}`,
      });
      expect([400, 415]).toContain(response.statusCode);
    }
  });
});

describe('the session cookie', () => {
  async function cookieOf(service = harness.app): Promise<string> {
    const visitor = harness.browser('203.0.113.99');
    visitor.app = service;
    const body = { email: 'reader@example.org', password: goodPassword };
    const { setCookies } = await visitor.post('/api/v1/auth/sign-in/email', body, 200);
    return setCookies.find((line) => line.includes('session_token')) ?? '';
  }

  it('is hidden from scripts and other sites', async () => {
    const cookie = await cookieOf();
    expect(cookie).toMatch(/^gospelib\.session_token=/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    expect(cookie).toMatch(/Path=\//i);
    expect(cookie).toMatch(/Max-Age=2592000/i);
    expect(cookie).not.toMatch(/Domain=/i);
    expect(cookie).not.toMatch(/Secure/i);
  });

  it('is sent over https only, where the site is there', async () => {
    const service = await harness.another({
      PUBLIC_URL: 'https://gospelib.example',
      TRUSTED_ORIGINS: 'http://localhost:8080',
    });
    const cookie = await cookieOf(service);
    expect(cookie).toMatch(/^__Host-gospelib\.session_token=/);
    const visitor = harness.browser('203.0.113.97');
    visitor.app = service;
    const body = { email: 'reader@example.org', password: goodPassword };
    const { setCookies } = await visitor.post('/api/v1/auth/sign-in/email', body, 200);
    expect(setCookies).toHaveLength(2);
    for (const line of setCookies) {
      // What browsers ask of the prefix.
      expect(line).toMatch(/^__Host-.*; Path=\/(;|$)/i);
      expect(line).toMatch(/; Secure/i);
      expect(line).toMatch(/; SameSite=Strict/i);
      expect(line).not.toMatch(/Domain=/i);
    }
  });

  it('ends with the browser where that is asked for', async () => {
    const visitor = harness.browser('203.0.113.98');
    const body = { email: 'reader@example.org', password: goodPassword, remember: false };
    const { setCookies } = await visitor.post('/api/v1/auth/sign-in/email', body, 200);
    expect(setCookies.find((line) => line.includes('session_token'))).not.toMatch(
      /Max-Age|Expires/i,
    );
    await visitor.get('/api/v1/account', 200);
  });
});

describe('who is not signed in', () => {
  it('is refused at every route but the public ones', async () => {
    const open = new Set([
      'GET /api/v1/account/openapi.json',
      'GET /api/v1/auth/jwks',
      'GET /api/v1/auth/providers',
      'GET /api/v1/auth/verify-email',
      'POST /api/v1/auth/request-password-reset',
      'POST /api/v1/auth/reset-password',
      'POST /api/v1/auth/send-verification-email',
      'POST /api/v1/auth/sign-in/email',
      'POST /api/v1/auth/sign-out',
      'POST /api/v1/auth/sign-up/email',
      'POST /api/v1/auth/verify-email',
      'GET /debug/pprof/heap', // from this machine and private networks only
      'GET /debug/pprof/profile',
      'GET /health',
      'GET /metrics',
      'GET /ready',
    ]);
    const visitor = harness.browser();
    const guarded: string[] = [];
    for (const { method, url } of routesOf(harness.app.printRoutes({ commonPrefix: false }))) {
      if (method === 'HEAD' || open.has(`${method} ${url}`)) continue;
      const sent = url.replace(/:\w+/g, 'x');
      const answer = await visitor.send(
        method as 'GET',
        sent,
        method === 'GET' ? undefined : {},
        {},
      );
      expect(`${method} ${url} ${answer.status}`).toBe(`${method} ${url} 401`);
      guarded.push(`${method} ${url}`);
    }
    expect(guarded).toHaveLength(12);
  });

  it('gets nothing internal with a wrong secret', async () => {
    const url = '/internal/v1/deletions?consumer=study';
    for (const given of [
      undefined,
      '',
      internalSecret,
      'Bearer',
      `Bearer ${internalSecret}x`,
      `Basic ${internalSecret}`,
    ]) {
      await browser.send('GET', url, undefined, { authorization: given }, 401);
    }
    await browser.send('GET', url, undefined, { authorization: `Bearer ${internalSecret}` }, 200);
  });
});

/** `├── /api/v1/account (GET, HEAD)` and deeper lines → methods and addresses. */
function routesOf(printed: string): { method: string; url: string }[] {
  const path: string[] = [];
  return printed.split('\n').flatMap((line) => {
    const [, indent = '', segment = '', methods] =
      /^([│├└─\s]*)(\S+?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (segment === '') return [];
    const depth = indent.length / 4;
    path.splice(depth - 1, path.length, segment);
    const url = path.join('');
    return (methods ?? '')
      .split(', ')
      .filter(Boolean)
      .map((method) => ({ method, url }));
  });
}
