import { type AddressInfo, connect } from 'node:net';
import { connectDatabase } from '@gospelib/database';
import { startTestRedis } from '@gospelib/testkit';
import { createRevocationList, createTokenVerifier, type RevocationList } from '@gospelib/tokens';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Browser } from '../testing/browser.ts';
import { goodPassword, type Harness, origin, startHarness } from '../testing/harness.ts';

let redis: Awaited<ReturnType<typeof startTestRedis>>;
let harness: Harness;
let lists: RevocationList[];

beforeAll(async () => {
  redis = await startTestRedis();
  harness = await startHarness({ REDIS_URL: redis.url });
  await harness.app.listen({ host: '127.0.0.1', port: 0 });
  lists = [];
});
afterAll(async () => {
  await Promise.all(lists.map((list) => list.close()));
  await harness.close();
  await redis.stop();
});

/** Redis forgets everything. */
async function flush(): Promise<void> {
  const { hostname, port, password } = new URL(redis.url);
  const socket = connect(Number(port), hostname);
  socket.write(`${password && `AUTH ${password}\r\n`}FLUSHALL\r\nQUIT\r\n`);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  expect(answer).toMatch(/^(\+OK\r\n)+$/);
}

/** What study and the gateway have, each of its own. */
async function verifier() {
  const { port } = harness.app.server.address() as AddressInfo;
  const ignore = () => undefined;
  const revocations = createRevocationList({
    url: () => redis.url,
    onAway: ignore,
    onBack: ignore,
  });
  lists.push(revocations);
  await revocations.open();
  return createTokenVerifier({
    jwksUrl: `http://127.0.0.1:${port}/api/v1/auth/jwks`,
    issuer: origin,
    revocations,
  });
}

const email = 'reader@example.org';
const tokenOf = async (browser: Browser): Promise<string> =>
  (await browser.get('/api/v1/auth/token', 200)).body.token;

async function signIn(): Promise<{ browser: Browser; token: string }> {
  const browser = harness.browser();
  await browser.post('/api/v1/auth/sign-in/email', { email, password: goodPassword }, 200);
  return { browser, token: await tokenOf(browser) };
}

it('a token is refused soon after its session ended, whatever ended it', async () => {
  const verify = await verifier();
  const owner = await harness.signedIn(email);
  const kept = await tokenOf(owner);
  const byAnother = await signIn();
  const bySigningOut = await signIn();
  const byOperator = await signIn();
  const ended = [byAnother, bySigningOut, byOperator].map(({ token }) => token);
  for (const token of [kept, ...ended]) await verify.verify(token);

  const { items } = (await byAnother.browser.get('/api/v1/account/sessions', 200)).body;
  const { id } = items.find(({ current }: { current: boolean }) => current);
  await owner.delete(`/api/v1/account/sessions/${id}`, undefined, 204);
  await bySigningOut.browser.post('/api/v1/auth/sign-out', {}, 204);
  const database = connectDatabase({
    url: harness.ownerUrl,
    schema: 'accounts',
    application: 'test',
  });
  await database.query(
    'test',
    'DELETE FROM sessions WHERE created_at = (SELECT max(created_at) FROM sessions)',
  );
  await database.close();
  for (const token of ended) {
    const fault = () => verify.verify(token).catch((error) => error.fault);
    await expect.poll(fault).toBe('revoked');
    expect(verify.peek(token)).toBeUndefined();
  }
  await verify.verify(kept);

  // A new password, and the end of the account.
  const other = await signIn();
  const change = { currentPassword: goodPassword, newPassword: 'threshing floor at night' };
  await owner.post('/api/v1/account/password', change, 204);
  const now = await tokenOf(owner);
  await owner.delete('/api/v1/account', { password: change.newPassword }, 200);
  for (const token of [other.token, now]) {
    await expect.poll(() => verify.verify(token).catch((error) => error.fault)).toBe('revoked');
  }

  // A Redis that forgot everything learns it again, and so does a verifier that has just started.
  await flush();
  await expect
    .poll(async () => (await verifier()).verify(ended[0] ?? '').catch((error) => error.fault))
    .toBe('revoked');
});

it('tokens live a minute while nobody can be told', async () => {
  const browser = await harness.signedIn('author@example.org');
  const life = async () => {
    const { token } = (await browser.get('/api/v1/auth/token', 200)).body;
    const { iat, exp } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
    return exp - iat;
  };
  await expect.poll(life).toBe(300);
  process.kill(redis.pid, 'SIGSTOP');
  try {
    await expect.poll(life).toBe(60);
  } finally {
    process.kill(redis.pid, 'SIGCONT');
  }
  await expect.poll(life).toBe(300);
});
