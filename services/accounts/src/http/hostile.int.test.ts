import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from '../testing/browser.ts';
import { type Harness, startHarness } from '../testing/harness.ts';

let harness: Harness;
let browser: Browser;

beforeAll(async () => {
  harness = await startHarness();
  browser = await harness.signedIn('reader@example.org');
});
afterAll(() => harness.close());

const nasty: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  ' ',
  '\u0000',
  'a\u0000b@example.org',
  "' OR 1=1 --",
  "x@y.example'; DROP TABLE users; --",
  '{{7*7}}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  'a@b.example\r\nBcc: c@d.example',
  '🕊️@example.org',
  'ü@exämple.org',
  'x'.repeat(9000),
  `${'a'.repeat(300)}@example.org`,
  '\ud800',
  [],
  ['a@b.example'],
  {},
  { $gt: '' },
  { toString: 'x' },
];

const routes: readonly [string, 'POST' | 'PATCH' | 'DELETE', readonly string[]][] = [
  ['/api/v1/auth/sign-up/email', 'POST', ['email', 'password', 'name']],
  ['/api/v1/auth/sign-in/email', 'POST', ['email', 'password', 'remember']],
  ['/api/v1/auth/request-password-reset', 'POST', ['email']],
  ['/api/v1/auth/send-verification-email', 'POST', ['email']],
  ['/api/v1/auth/reset-password', 'POST', ['token', 'newPassword']],
  ['/api/v1/auth/verify-email', 'POST', ['token', 'newPassword']],
  ['/api/v1/account/password', 'POST', ['currentPassword', 'newPassword']],
  ['/api/v1/account', 'PATCH', ['name']],
  ['/api/v1/account', 'DELETE', ['password']],
];

describe('hostile input', () => {
  it.each(routes)(
    'at %s by %s is refused with a problem of its own',
    async (url, method, fields) => {
      let place = 0;
      for (const field of fields) {
        for (const value of nasty) {
          const good = {
            email: 'new@example.org',
            password: 'a good long one',
            name: 'N',
            token: 't'.repeat(32),
            newPassword: 'another long one',
            currentPassword: 'x y z',
          };
          const body = Object.fromEntries(
            fields.map((name) => [name, good[name as keyof typeof good]]),
          );
          const sent = { ...body, [field]: value };
          const headers = { 'x-forwarded-for': `10.3.${place >> 8}.${place++ & 255}` };
          const answer = await browser.send(method, url, sent, headers);
          expect(answer.status, `${field}=${JSON.stringify(value)}`).toBeLessThan(500);
          if (answer.status >= 400)
            expect(answer.headers['content-type']).toContain('application/problem+json');
        }
      }
      await browser.get('/api/v1/account', 200);
    },
  );

  it.each([
    [
      'unknown members',
      { email: 'a@b.example', password: 'a good long one', name: 'A', role: 'admin' },
    ],
    [
      'a member that would make it confirmed',
      { email: 'a@b.example', password: 'a good long one', name: 'A', emailVerified: true },
    ],
    [
      'a prototype',
      JSON.parse(
        '{"email":"a@b.example","password":"a good long one","name":"A","__proto__":{"x":1}}',
      ),
    ],
  ])('with %s is refused', async (_what, body) => {
    await browser.post('/api/v1/auth/sign-up/email', body, 400);
  });

  it('is bounded', async () => {
    const body = { email: 'a@b.example', password: 'x'.repeat(20_000), name: 'A' };
    await browser.post('/api/v1/auth/sign-up/email', body, 413);
  });

  it.each([
    ['/api/v1/auth/verify-email', 400],
    ['/api/v1/auth/verify-email?token=short', 400],
    [`/api/v1/auth/verify-email?token=${'x'.repeat(3000)}`, 400],
    ['/api/v1/auth/verify-email?token=aaaaaaaaaaaaaaaaaaaa&callbackURL=https://evil.example', 400],
    ['/api/v1/auth/callback/oidc?code=x&state=y', 404],
    ['/api/v1/auth/sign-in/social', 404],
    ['/api/v1/auth/get-session', 404],
    ['/api/v1/auth/update-user', 404],
    ['/api/v1/auth/ok', 404],
    ['/api/v1/auth', 404],
  ])('GET %s answers %i', async (url, status) => {
    await browser.get(url, status);
  });

  it.each([['%00'], ['..%2f..%2fx'], ["'%20OR%201=1--"], ['x'.repeat(65)], ['%F0%9F%95%8A']])(
    'as the id of a session finds nothing: %s',
    async (id) => {
      const answer = await browser.delete(`/api/v1/account/sessions/${id}`);
      expect([400, 404]).toContain(answer.status);
    },
  );

  it('in cookies signs nobody in', async () => {
    const visitor = harness.browser();
    for (const cookie of [
      '',
      ';',
      '=',
      'gospelib.session_token',
      `gospelib.session_token=${'x'.repeat(4000)}`,
      'gospelib.session_token=%ZZ',
      'a=b; '.repeat(500),
    ]) {
      await visitor.send('GET', '/api/v1/account', undefined, { cookie }, 401);
    }
  });
});
