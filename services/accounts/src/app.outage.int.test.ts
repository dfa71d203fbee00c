import { connectDatabase, rollback } from '@gospelib/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from './testing/browser.ts';
import {
  goodPassword,
  type Harness,
  migrations,
  servicePassword,
  startHarness,
} from './testing/harness.ts';

let harness: Harness;
let browser: Browser;

beforeAll(async () => {
  harness = await startHarness();
  browser = await harness.signedIn('reader@example.org');
});
afterAll(() => harness.close());

describe('while PostgreSQL does not answer', () => {
  it('everything says so before it does again, nobody is signed out, and all is well after', async () => {
    const { keys } = (await browser.get('/api/v1/auth/jwks', 200)).body;
    const frozen = await storeProcesses();
    for (const pid of frozen) process.kill(pid, 'SIGSTOP');
    try {
      const body = { email: 'reader@example.org', password: goodPassword };
      const answers = await Promise.all([
        browser.get('/api/v1/account'),
        browser.get('/api/v1/auth/token'),
        browser.post('/api/v1/auth/sign-in/email', body),
        browser.post('/api/v1/auth/sign-up/email', { ...body, name: 'Reader' }),
        browser.post('/api/v1/auth/sign-out', {}),
        browser.delete('/api/v1/account', { password: goodPassword }),
        browser.get('/ready'),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(Array(7).fill(503));
      for (const answer of answers) {
        expect(answer.headers['retry-after']).toBe('1');
        expect(answer.setCookies).toEqual([]);
      }
      expect((await browser.get('/api/v1/auth/jwks', 200)).body.keys).toEqual(keys);
      await browser.get('/health', 200);
    } finally {
      for (const pid of frozen) process.kill(pid, 'SIGCONT');
    }
    const recovered = async () => (await browser.get('/api/v1/account')).status;
    await expect.poll(recovered).toBe(200);
    await browser.get('/api/v1/auth/token', 200);
    await expect.poll(async () => (await browser.get('/ready')).status).toBe(200);
  });
});

describe('readiness', () => {
  /** What an instance that was started now says. */
  async function readinessOf(change: Record<string, string> = {}): Promise<{
    status: number;
    errors: { path: string; message: string }[];
  }> {
    const other = await harness.another(change);
    const { statusCode, body } = await other.inject('/ready');
    await other.close(); // each keeps some connections open, of the few that a test's PostgreSQL has
    return { status: statusCode, errors: JSON.parse(body).errors ?? [] };
  }

  const password = (text: string) => `ALTER ROLE accounts_service PASSWORD '${text}'`;

  it.each([
    {
      fault: 'a right is revoked',
      breaks: 'REVOKE INSERT, DELETE ON throttles FROM accounts_service',
      mends: 'GRANT INSERT, DELETE ON throttles TO accounts_service',
      path: 'rights in schema accounts',
      says: 'The role of the service lacks: DELETE on throttles, INSERT on throttles.',
    },
    {
      fault: 'a function may not be called',
      breaks: 'REVOKE EXECUTE ON FUNCTION prune_events() FROM accounts_service',
      mends: 'GRANT EXECUTE ON FUNCTION prune_events() TO accounts_service',
      path: 'rights in schema accounts',
      says: 'EXECUTE on prune_events()',
    },
    {
      fault: 'the schema may not be used',
      breaks: 'REVOKE USAGE ON SCHEMA accounts FROM accounts_service',
      mends: 'GRANT USAGE ON SCHEMA accounts TO accounts_service',
      path: 'schema accounts (./gl db migrate)',
      says: 'run ./gl db migrate',
    },
    {
      fault: 'nothing can be written',
      breaks: 'ALTER ROLE accounts_service SET default_transaction_read_only = on',
      mends: 'ALTER ROLE accounts_service RESET default_transaction_read_only',
      path: 'postgresql',
      says: 'takes reads only',
    },
    {
      fault: 'the password of the role was changed',
      breaks: password('another'),
      mends: password(servicePassword),
      path: 'postgresql',
      says: 'refuses the role, its password',
    },
  ])('is lost when $fault, says so, and comes back', async ({ breaks, mends, path, says }) => {
    const owner = connectDatabase({
      url: harness.ownerUrl,
      schema: 'accounts',
      application: 'test',
    });
    try {
      await owner.query('test', breaks);
      const { status, errors } = await readinessOf();
      expect(status).toBe(503);
      expect(errors).toContainEqual({ path, message: expect.stringContaining(says) });
      await owner.query('test', mends);
      expect((await readinessOf()).status).toBe(200);
    } finally {
      await owner.close();
    }
  });

  it('is lost when the secret does not open the signing key, and does not repeat it', async () => {
    const secret = '1:a-secret-for-tests-only-4f8a0c92d1e7b366';
    const { status, errors } = await readinessOf({ AUTH_SECRETS: secret });
    expect(status).toBe(503);
    expect(errors).toEqual([
      {
        path: 'signing key',
        message: expect.stringContaining('cannot be opened with the secret given'),
      },
    ]);
    expect(JSON.stringify(errors)).not.toContain(secret.slice(2));
  });

  it('says what to run when the schema is behind', async () => {
    await rollback({
      ...migrations,
      url: harness.ownerUrl,
      to: '0002_security',
      acceptDataLoss: true,
    });
    // Readiness reuses a result for a moment.
    await expect.poll(async () => (await browser.get('/ready')).status).toBe(503);
    const answer = await browser.get('/ready', 503);
    expect(answer.body.detail).toContain('./gl db migrate');
    expect(answer.body.detail).not.toContain('postgresql,');
  });
});

/** The server process and all its backends. */
async function storeProcesses(): Promise<number[]> {
  const database = connectDatabase({
    url: harness.ownerUrl,
    schema: 'accounts',
    application: 'test',
    connections: 1,
  });
  const own = await database.query<{ pid: number }>('test', 'SELECT pg_backend_pid() AS pid');
  const rows = await database.query<{ pid: number }>('test', 'SELECT pid FROM pg_stat_activity');
  await database.close();
  const pids = rows.map(({ pid }) => pid).filter((pid) => pid !== own[0]?.pid);
  return [harness.storePid, ...pids];
}
