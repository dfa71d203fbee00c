import { describe, expect, it } from 'vitest';
import { ApiError, createAccountClient, NetworkError, SignedOutError } from './index.ts';

/** A fake fetch that records what was sent. */
function fakeFetch(answer: () => Response | Promise<Response> = () => Response.json({})) {
  const calls: { url: string; init: RequestInit | undefined }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    calls.push({ url: String(input), init });
    return answer();
  };
  return { calls, client: createAccountClient({ baseUrl: 'http://library.test', fetch }) };
}

const email = 'reader@example.org';
const password = 'gleaning in the field';

describe('requests', () => {
  const { calls, client } = fakeFetch();

  it.each([
    ['GET auth/token', () => client.token(), undefined],
    ['GET auth/providers', () => client.providers(), undefined],
    ['GET account', () => client.account(), undefined],
    ['GET account/sessions', () => client.sessions(), undefined],
    ['GET account/events', () => client.events(), undefined],
    ['GET account/export', () => client.exportAccount(), undefined],
    ['POST auth/sign-out', () => client.signOut(), undefined],
    [
      'POST auth/sign-up/email',
      () => client.signUp({ email, password, name: 'Reader' }),
      { email, password, name: 'Reader' },
    ],
    [
      'POST auth/sign-in/email',
      () => client.signIn({ email, password, remember: false }),
      { email, password, remember: false },
    ],
    [
      'POST auth/sign-in/social',
      () => client.signInElsewhere({ provider: 'oidc', returnTo: '/alma/32' }),
      { provider: 'oidc', returnTo: '/alma/32' },
    ],
    ['POST auth/send-verification-email', () => client.sendVerification({ email }), { email }],
    [
      'POST auth/verify-email',
      () => client.confirmAddress({ token: 't'.repeat(24), password }),
      { token: 't'.repeat(24), password },
    ],
    ['POST auth/request-password-reset', () => client.requestPasswordReset({ email }), { email }],
    [
      'POST auth/reset-password',
      () => client.resetPassword({ token: 't'.repeat(24), newPassword: password }),
      { token: 't'.repeat(24), newPassword: password },
    ],
    ['PATCH account', () => client.changeAccount({ name: 'Reader' }), { name: 'Reader' }],
    [
      'POST account/password',
      () => client.changePassword({ currentPassword: 'old', newPassword: password }),
      { currentPassword: 'old', newPassword: password },
    ],
    ['DELETE account/sessions/a%2Fb', () => client.endSession('a/b'), undefined],
    ['DELETE account/sessions', () => client.endOtherSessions(), undefined],
    ['DELETE account', () => client.deleteAccount({ password }), { password }],
  ])('%s', async (line, call, body) => {
    await call();
    const last = calls.at(-1);
    expect(`${last?.init?.method ?? 'GET'} ${last?.url}`).toBe(
      line.replace(' ', ' http://library.test/api/v1/'),
    );
    const sent = last?.init?.body;
    expect(typeof sent === 'string' ? JSON.parse(sent) : sent).toEqual(body);
    const type = new Headers(last?.init?.headers).get('content-type');
    expect(type).toBe(body ? 'application/json' : null);
  });
});

describe('answers', () => {
  it('takes an empty answer for what it is', async () => {
    const { client } = fakeFetch(() => new Response(null, { status: 204 }));
    expect(await client.signOut()).toBeUndefined();
  });

  it('names the faults of what was sent', async () => {
    const errors = [{ path: 'body.password', message: 'is a row of keys' }];
    const { client } = fakeFetch(() =>
      Response.json(
        { type: '/problems/invalid-input', title: 'Invalid', status: 400, errors },
        { status: 400, headers: { 'content-type': 'application/problem+json' } },
      ),
    );
    const failure = client.signUp({ email, password, name: 'Reader' });
    await expect(failure).rejects.toMatchObject({ status: 400, problem: { errors } });
  });

  it.each([
    [new SignedOutError(), SignedOutError],
    [new ApiError({ type: 'x', title: 'x', status: 503 }), ApiError],
    [new TypeError('Failed to fetch'), NetworkError],
  ])('%s of the fetch that it was given is a %o', async (error, kind) => {
    const { client } = fakeFetch(() => Promise.reject(error));
    await expect(client.account()).rejects.toBeInstanceOf(kind);
  });
});
