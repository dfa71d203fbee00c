import type { Service } from '@gospelib/service-kit';
import { goodPassword, type Harness, internalSecret, tokenIn } from './harness.ts';

let number = 0;

/**
 * Does once everything that a reader can do with an account, from signing up to deleting it, on an instance of the
 * service. @returns a sentence about the first fault; undefined when there was none
 */
export async function walkAccount(harness: Harness, app: Service): Promise<string | undefined> {
  number += 1;
  const email = `walker${number}@example.org`;
  // Each walk has its own address, since attempts are counted by address.
  const address = `198.51.${number >> 8}.${number & 255}`;
  const browserOf = () => Object.assign(harness.browser(address), { app });
  try {
    await walk(harness, email, browserOf);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function walk(
  harness: Harness,
  email: string,
  browserOf: () => ReturnType<Harness['browser']>,
): Promise<void> {
  const first = browserOf();
  const signIn = '/api/v1/auth/sign-in/email';
  const name = 'Walker';
  await first.post('/api/v1/auth/sign-up/email', { email, password: goodPassword, name }, 200);
  await first.post('/api/v1/auth/send-verification-email', { email }, 200);
  const mail = (await harness.mails(email, 2)).at(-1);
  const proof = { token: tokenIn(mail), password: goodPassword };
  await first.post('/api/v1/auth/verify-email', proof, 204);
  await first.post(signIn, { email, password: goodPassword }, 200);
  await first.patch('/api/v1/account', { name: 'Walker the Second' }, 200);
  same('name', (await first.get('/api/v1/account', 200)).body.name, 'Walker the Second');
  await first.get('/api/v1/auth/token', 200);
  same('keys', (await first.get('/api/v1/auth/jwks', 200)).body.keys.length > 0, true);

  const second = browserOf();
  await second.post(signIn, { email, password: 'not the one at all' }, 401);
  await second.post(signIn, { email, password: goodPassword }, 200);
  const { items } = (await second.get('/api/v1/account/sessions', 200)).body;
  same('sessions', items.length, 2);
  const other = items.find(({ current }: { current: boolean }) => !current);
  await second.delete(`/api/v1/account/sessions/${other?.id}`, undefined, 204);
  await first.get('/api/v1/account', 401);

  const newPassword = 'threshing floor at night';
  await second.post(
    '/api/v1/account/password',
    { currentPassword: goodPassword, newPassword },
    204,
  );
  await first.post('/api/v1/auth/request-password-reset', { email }, 200);
  const token = tokenIn((await harness.mails(email, 4)).at(-1));
  await first.post('/api/v1/auth/reset-password', { token, newPassword: goodPassword }, 204);
  await first.post(signIn, { email, password: goodPassword }, 200);
  const events = (await first.get('/api/v1/account/events', 200)).body.items;
  const kinds = events.map(({ kind }: { kind: string }) => kind);
  same('events', kinds.includes('password-reset') && kinds.includes('sign-in-failed'), true);
  const exported = (await first.get('/api/v1/account/export', 200)).body;
  same('export', exported.account.email, email);

  const userId = exported.account.id;
  await first.delete('/api/v1/account', { password: goodPassword }, 200);
  await second.post(signIn, { email, password: goodPassword }, 401);
  const service = { authorization: `Bearer ${internalSecret}` };
  const told = await second.send(
    'GET',
    '/internal/v1/deletions?consumer=study',
    undefined,
    service,
    200,
  );
  same('deletion', JSON.stringify(told.body).includes(userId), true);
  await first.get('/ready', 200);
}

function same(what: string, found: unknown, expected: unknown): void {
  if (found !== expected)
    throw new Error(`${what}: ${String(found)} instead of ${String(expected)}`);
}
