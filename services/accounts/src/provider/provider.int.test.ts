import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser } from '../testing/browser.ts';
import { goodPassword, type Harness, startHarness, tokenIn } from '../testing/harness.ts';
import {
  clientId,
  clientSecret,
  type IdentityProvider,
  startIdentityProvider,
} from '../testing/identity.provider.ts';

let provider: IdentityProvider;
let harness: Harness;

beforeAll(async () => {
  provider = await startIdentityProvider();
  harness = await startHarness({
    OIDC_DISCOVERY_URL: provider.discoveryUrl,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_NAME: 'Example',
  });
});
afterAll(async () => {
  await harness.close();
  await provider.close();
});
beforeEach(() => {
  provider.fault = 'none';
});

const begin = '/api/v1/auth/sign-in/social';

async function signIn(browser: Browser, returnTo?: string): Promise<string> {
  const body = { provider: 'oidc', ...(returnTo && { returnTo }) };
  const { url } = (await browser.post(begin, body, 200)).body;
  const back = await browser.get(provider.approve(url), 303);
  return String(back.headers.location);
}

describe('sign-in with another provider', () => {
  it('is offered', async () => {
    const answer = await harness.browser().get('/api/v1/auth/providers', 200);
    expect(answer.body).toEqual({ providers: [{ id: 'oidc', name: 'Example' }] });
  });

  it('makes an account the first time, and finds it after', async () => {
    const browser = harness.browser();
    expect(await signIn(browser, '/notebook?tab=notes')).toBe('/notebook?tab=notes');
    const account = (await browser.get('/api/v1/account', 200)).body;
    expect(account).toMatchObject({
      email: 'reader@home.example',
      emailVerified: true,
      hasPassword: false,
      providers: ['oidc'],
    });
    // It is a device that has signed in, as after a password.
    expect(browser.cookies.get('gospelib.device')).toMatch(/^[\w-]+\.\d+\.[\w-]+$/);
    const later = harness.browser();
    expect(await signIn(later)).toBe('/account');
    expect((await later.get('/api/v1/account', 200)).body.id).toBe(account.id);
    const { body } = await later.get('/api/v1/account/export', 200);
    expect(body.signInWays).toEqual([
      { provider: 'oidc', accountId: 'p-1', createdAt: expect.any(String) },
    ]);
  });

  it('joins a confirmed account of the same address, if the provider vouches for it', async () => {
    const email = 'author@example.org';
    const owner = await harness.signedIn(email);
    const { id } = (await owner.get('/api/v1/account', 200)).body;
    provider.person = { sub: 'p-2', email, email_verified: false, name: 'Author' };
    const refused = harness.browser();
    expect(await signIn(refused)).toContain('/account?sign-in=failed');
    await refused.get('/api/v1/account', 401);
    expect(refused.cookies.has('gospelib.device')).toBe(false);

    provider.person = { ...provider.person, email_verified: true };
    const browser = harness.browser();
    await signIn(browser);
    expect((await browser.get('/api/v1/account', 200)).body).toMatchObject({
      id,
      hasPassword: true,
      providers: ['oidc'],
    });
  });

  it('takes over an account that a stranger opened in somebody’s name, without the stranger’s password', async () => {
    const email = 'guest@example.org';
    const stranger = harness.browser();
    const body = { email, password: goodPassword, name: 'X' };
    await stranger.post('/api/v1/auth/sign-up/email', body, 200);
    const token = tokenIn((await harness.mails(email))[0]);
    provider.person = { sub: 'p-3', email, email_verified: false, name: 'Guest' };
    const refused = harness.browser();
    expect(await signIn(refused)).toContain('/account?sign-in=failed');

    provider.person = { ...provider.person, email_verified: true };
    const browser = harness.browser();
    expect(await signIn(browser)).toBe('/account');
    expect((await browser.get('/api/v1/account', 200)).body).toMatchObject({
      emailVerified: true,
      hasPassword: false,
      providers: ['oidc'],
    });
    const { items } = (await browser.get('/api/v1/account/events', 200)).body;
    expect(items).toContainEqual(expect.objectContaining({ kind: 'password-dropped' }));
    await stranger.post('/api/v1/auth/sign-in/email', { email, password: goodPassword }, 401);
    const proof = { token, password: goodPassword };
    await stranger.post('/api/v1/auth/verify-email', proof, 400);
  });

  it.each([['foreign key'], ['wrong nonce'], ['wrong audience']] as const)(
    'refuses what comes with a %s',
    async (fault) => {
      provider.fault = fault;
      provider.person = {
        sub: 'p-4',
        email: 'teacher@example.org',
        email_verified: true,
        name: 'D',
      };
      const browser = harness.browser();
      expect(await signIn(browser)).toContain('/account?sign-in=failed');
      await browser.get('/api/v1/account', 401);
    },
  );

  it('cannot be finished in another browser, nor twice', async () => {
    provider.person = { sub: 'p-5', email: 'student@example.org', email_verified: true, name: 'T' };
    const browser = harness.browser();
    const { url } = (await browser.post(begin, { provider: 'oidc' }, 200)).body;
    const back = provider.approve(url);
    const other = harness.browser();
    expect(String((await other.get(back, 303)).headers.location)).toContain('sign-in=failed');
    await other.get('/api/v1/account', 401);

    const mine = harness.browser();
    const again = (await mine.post(begin, { provider: 'oidc' }, 200)).body;
    const link = provider.approve(again.url);
    await mine.get(link, 303);
    await mine.get('/api/v1/account', 200);
    mine.cookies.clear();
    expect(String((await mine.get(link, 303)).headers.location)).toContain('sign-in=failed');
  });

  it.each([
    ['https://evil.example'],
    ['//evil.example'],
    ['/\\evil.example'],
    ['javascript:alert(1)'],
    ['account'],
  ])('leads nobody to %s', async (returnTo) => {
    await harness.browser().post(begin, { provider: 'oidc', returnTo }, 400);
  });

  it.each([['?error=access_denied&state=x'], ['?code=x&state=y'], [''], ['?state=%27%20OR%201=1']])(
    'ends at the account page when it comes back with %s',
    async (query) => {
      const answer = await harness.browser().get(`/api/v1/auth/callback/oidc${query}`, 303);
      expect(answer.headers.location).toMatch(/^\/account\?sign-in=failed/);
    },
  );

  it('keeps nobody else waiting while the provider does not answer, and works once it does', async () => {
    provider.fault = 'no answer';
    const service = await harness.another();
    const browser = harness.browser();
    browser.app = service;
    let waiting = true;
    const slow = browser.post(begin, { provider: 'oidc' }, 504).finally(() => {
      waiting = false;
    });
    const other = harness.browser();
    other.app = service;
    const body = { email: 'nobody@example.org', password: goodPassword };
    await other.post('/api/v1/auth/sign-in/email', body, 401);
    expect(waiting).toBe(true);
    expect((await slow).body.type).toBe('/problems/gateway-timeout');
    provider.fault = 'none';
    expect(await signIn(browser)).toBe('/account');
  });
});
