import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodPassword, type Harness, origin, startHarness, tokenIn } from './testing/harness.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

const signIn = '/api/v1/auth/sign-in/email';

describe('an account', () => {
  it('is asked for, confirmed by mail, then signed in to', async () => {
    const email = 'Reader@Home.example';
    const browser = harness.browser();
    const asked = await browser.post(
      '/api/v1/auth/sign-up/email',
      { email, password: goodPassword, name: 'Reader' },
      200,
    );
    expect(asked.body.status).toBe('mail-sent');
    expect(asked.setCookies).toEqual([]);
    const [mail] = await harness.mails('reader@home.example');
    const early = await browser.post(signIn, { email, password: goodPassword }, 403);
    expect(early.body.detail).toContain('Confirm');

    expect(mail?.text).toContain(`${origin}/account/confirm#token=`);
    const token = tokenIn(mail);
    const confirm = '/api/v1/auth/verify-email';
    const wrong = await browser.post(confirm, { token, password: 'not that one' }, 400);
    expect(wrong.body.errors[0].path).toBe('body.password');
    await browser.post(signIn, { email, password: goodPassword }, 403);
    await browser.post(confirm, { token, password: goodPassword }, 204);
    await browser.post(confirm, { token, password: goodPassword }, 400);
    expect(browser.cookies.size).toBe(0);

    const signedIn = await browser.post(
      signIn,
      { email: 'reader@HOME.example', password: goodPassword },
      200,
    );
    expect(signedIn.body).toMatchObject({
      email: 'reader@home.example',
      emailVerified: true,
      name: 'Reader',
      hasPassword: true,
      providers: [],
    });
    expect((await browser.get('/api/v1/account', 200)).body).toEqual(signedIn.body);
    expect(
      (await browser.patch('/api/v1/account', { name: '  Reader of the House ' }, 200)).body.name,
    ).toBe('Reader of the House');
  });

  it('has sessions that are listed and ended one by one', async () => {
    const laptop = await harness.signedIn('author@example.org', '203.0.113.5');
    const phone = harness.browser('198.51.100.7');
    await phone.post(signIn, { email: 'author@example.org', password: goodPassword }, 200);
    const { items } = (await laptop.get('/api/v1/account/sessions', 200)).body;
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({
      address: '198.51.100.7',
      userAgent: 'Test browser',
      current: false,
    });
    expect(items[1]).toMatchObject({ address: '203.0.113.5', current: true });
    expect(JSON.stringify(items)).not.toContain('token');

    const stranger = await harness.signedIn('stranger@example.org');
    await stranger.delete(`/api/v1/account/sessions/${items[0].id}`, undefined, 404);
    await phone.get('/api/v1/account', 200);
    await laptop.delete(`/api/v1/account/sessions/${items[0].id}`, undefined, 204);
    await phone.get('/api/v1/account', 401);
    await phone.get('/api/v1/auth/token', 401);
    await laptop.get('/api/v1/account', 200);

    await phone.post(signIn, { email: 'author@example.org', password: goodPassword }, 200);
    await laptop.delete('/api/v1/account/sessions', undefined, 204);
    await phone.get('/api/v1/account', 401);
    await laptop.get('/api/v1/account', 200);
  });

  it('is signed out of', async () => {
    const browser = await harness.signedIn('guest@example.org');
    const before = new Map(browser.cookies);
    await browser.post('/api/v1/auth/sign-out', {}, 204);
    // The device stays known; that cookie signs nobody in.
    expect([...browser.cookies.keys()]).toEqual(['gospelib.device']);
    await browser.get('/api/v1/account', 401);
    for (const [name, value] of before) browser.cookies.set(name, value);
    await browser.get('/api/v1/account', 401);
    await harness.browser().post('/api/v1/auth/sign-out', {}, 204);
  });

  it('changes its password, which ends its other sessions', async () => {
    const email = 'teacher@example.org';
    const browser = await harness.signedIn(email);
    const other = harness.browser();
    await other.post(signIn, { email, password: goodPassword }, 200);
    const url = '/api/v1/account/password';
    const newPassword = 'threshing floor at night';

    const wrong = await browser.post(url, { currentPassword: 'not it at all', newPassword }, 400);
    expect(wrong.body.errors).toEqual([{ path: 'body.currentPassword', message: 'is wrong' }]);
    const weak = await browser.post(
      url,
      { currentPassword: goodPassword, newPassword: 'Password123' },
      400,
    );
    expect(weak.body.errors[0].path).toBe('body.newPassword');
    await browser.post(url, { currentPassword: goodPassword, newPassword }, 204);

    await browser.get('/api/v1/account', 200);
    await other.get('/api/v1/account', 401);
    await other.post(signIn, { email, password: goodPassword }, 401);
    await other.post(signIn, { email, password: newPassword }, 200);
    expect((await harness.mails(email, 2))[1]?.subject).toContain('was changed');
  });

  it('gets a new password by mail, once, which ends every session', async () => {
    const email = 'student@example.org';
    const browser = await harness.signedIn(email);
    await harness.browser().post('/api/v1/auth/request-password-reset', { email }, 200);
    const token = tokenIn((await harness.mails(email, 2))[1]);
    const url = '/api/v1/auth/reset-password';
    const newPassword = 'cattle on a thousand hills';
    const visitor = harness.browser();
    await visitor.post(url, { token, newPassword: `student@example.org` }, 400);
    await visitor.post(url, { token: `${token}x`, newPassword }, 400);
    await visitor.post(url, { token, newPassword }, 204);
    const again = await visitor.post(url, { token, newPassword }, 400);
    expect(again.body.detail).toContain('does not work any more');
    await browser.get('/api/v1/account', 401);
    await visitor.post(signIn, { email, password: goodPassword }, 401);
    await visitor.post(signIn, { email, password: newPassword }, 200);
    const { items } = (await visitor.get('/api/v1/account/events', 200)).body;
    const kinds = items.map((item: { kind: string }) => item.kind);
    expect(kinds).toEqual(expect.arrayContaining(['password-reset', 'password-reset-requested']));
  });

  it('of an address that a stranger typed first goes to whoever reads its mail', async () => {
    const email = 'member@example.org';
    const strangersPassword = 'planted by a stranger';
    const stranger = harness.browser('203.0.113.66');
    await stranger.post(
      '/api/v1/auth/sign-up/email',
      { email, password: strangersPassword, name: 'X' },
      200,
    );
    const owner = harness.browser();
    await owner.post(
      '/api/v1/auth/sign-up/email',
      { email, password: goodPassword, name: 'Member' },
      200,
    );
    const [, second] = await harness.mails(email, 2);
    expect(second?.subject).toContain('already');
    await owner.post(
      '/api/v1/auth/reset-password',
      { token: tokenIn(second), newPassword: goodPassword },
      204,
    );
    await stranger.post(signIn, { email, password: strangersPassword }, 401);
    expect(
      (await owner.post(signIn, { email, password: goodPassword }, 200)).body.emailVerified,
    ).toBe(true);
  });

  it('is not confirmed with the password of a stranger, who typed the address first', async () => {
    const email = 'steward@example.org';
    const password = 'planted by a stranger';
    const stranger = harness.browser('203.0.113.67');
    await stranger.post('/api/v1/auth/sign-up/email', { email, password, name: 'X' }, 200);
    const token = tokenIn((await harness.mails(email))[0]);
    const owner = harness.browser();
    // What a mail scanner does with a link changes nothing.
    await owner.get(`/api/v1/auth/verify-email?token=${token}`, 303);
    await stranger.post(signIn, { email, password }, 403);
    const confirm = '/api/v1/auth/verify-email';
    await owner.post(confirm, { token, newPassword: 'Password123' }, 400);
    await owner.post(confirm, { token }, 400);
    await owner.post(confirm, { token, password, newPassword: goodPassword }, 400);
    await owner.post(confirm, { token, newPassword: goodPassword }, 204);
    await stranger.post(signIn, { email, password }, 401);
    await owner.post(signIn, { email, password: goodPassword }, 200);
    await stranger.post(confirm, { token, newPassword: 'planted once more' }, 400);
  });

  it('gets the mail to confirm again when it asks, and only while it waits', async () => {
    const email = 'editor@example.org';
    const browser = harness.browser();
    await browser.post(
      '/api/v1/auth/sign-up/email',
      { email, password: goodPassword, name: 'D' },
      200,
    );
    await browser.post('/api/v1/auth/send-verification-email', { email }, 200);
    const [, again] = await harness.mails(email, 2);
    const proof = { token: tokenIn(again), password: goodPassword };
    await browser.post('/api/v1/auth/verify-email', proof, 204);
    await browser.post(signIn, { email, password: goodPassword }, 200);
    await browser.post('/api/v1/auth/send-verification-email', { email }, 200);
    expect(await harness.mails(email)).toHaveLength(2);
  });

  it.each([['x'.repeat(40)], ['eyJhbGciOiJub25lIn0.e30.AAAAAAAAAAAA']])(
    'is not confirmed by a link that is %s',
    async (token) => {
      const proof = { token, newPassword: goodPassword };
      const answer = await harness.browser().post('/api/v1/auth/verify-email', proof, 400);
      expect(answer.body.detail).toContain('does not work any more');
    },
  );

  it('sees what happened around it, and gets everything that is known', async () => {
    const email = 'newcomer@example.org';
    const browser = await harness.signedIn(email, '203.0.113.77');
    await harness
      .browser('198.51.100.1')
      .post(signIn, { email, password: 'a wrong password' }, 401);
    const { items } = (await browser.get('/api/v1/account/events', 200)).body;
    expect(items.map((item: { kind: string }) => item.kind)).toEqual([
      'sign-in-failed',
      'signed-in',
      'email-verified',
      'account-created',
    ]);
    expect(items[0]).toMatchObject({ network: '198.51.100.0/24', userAgent: 'Test browser' });

    const answer = await browser.get('/api/v1/account/export', 200);
    expect(answer.headers['content-disposition']).toContain('attachment');
    expect(answer.body).toMatchObject({
      format: 'gospelib-account-1',
      account: { email },
      signInWays: [{ provider: 'password' }],
      sessions: [{ address: '203.0.113.77', current: true }],
    });
    expect(answer.body.events).toHaveLength(4);
    expect(JSON.stringify(answer.body)).not.toMatch(/[0-9a-f]{32}:[0-9a-f]{64}/);
  });
});

it('describes its routes, and keeps quiet about the internal ones', async () => {
  const { body } = await harness.browser().get('/api/v1/account/openapi.json', 200);
  const paths = Object.keys(body.paths);
  expect(paths).toContain('/api/v1/auth/sign-in/email');
  expect(paths).toContain('/api/v1/account/sessions/{id}');
  expect(paths.filter((path) => path.includes('internal'))).toEqual([]);
});
