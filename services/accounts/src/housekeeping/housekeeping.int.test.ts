import { connectDatabase, type Database } from '@gospelib/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { goodPassword, type Harness, startHarness } from '../testing/harness.ts';
import { tidyUp } from './housekeeping.ts';

let harness: Harness;
let owner: Database;
let service: Database;

beforeAll(async () => {
  harness = await startHarness();
  const common = { schema: 'accounts', application: 'test' };
  owner = connectDatabase({ ...common, url: harness.ownerUrl });
  service = connectDatabase({ ...common, url: harness.config.DATABASE_URL });
});
afterAll(async () => {
  await Promise.all([owner.close(), service.close()]);
  await harness.close();
});

async function count(table: string): Promise<number> {
  const rows = await owner.query<{ n: number }>('test', `SELECT count(*)::int AS n FROM ${table}`);
  return rows[0]?.n ?? -1;
}

it('what has run out goes, and nothing else', async () => {
  await harness.signedIn('reader@example.org');
  const signUp = { email: 'forgotten@example.org', password: goodPassword, name: 'F' };
  await harness.browser().post('/api/v1/auth/sign-up/email', signUp, 200);
  const waiting = { ...signUp, email: 'waiting@example.org' };
  await harness.browser().post('/api/v1/auth/sign-up/email', waiting, 200);
  // The answer does not wait for the account.
  for (const { email } of [signUp, waiting]) await harness.mails(email);
  await harness
    .browser()
    .post('/api/v1/auth/sign-in/email', { email: 'x@y.example', password: 'wrong' });
  await tidyUp(service);
  expect(await count('users')).toBe(3);
  expect(await count('sessions')).toBe(1);
  expect(await count('throttles')).toBeGreaterThan(0);

  const past = "now() - interval '8 days'";
  await owner.query(
    'test',
    `UPDATE users SET created_at = ${past} WHERE email <> 'waiting@example.org'`,
  );
  await owner.query('test', `UPDATE sessions SET expires_at = ${past}`);
  await owner.query('test', `UPDATE throttles SET expires_at = ${past}`);
  await owner.query(
    'test',
    `INSERT INTO deletions VALUES
       ('old', now() - interval '40 days', now() - interval '40 days'),
       ('unconfirmed', now() - interval '40 days', now() - interval '40 days'),
       ('young', now(), now())`,
  );
  await owner.query(
    'test',
    "INSERT INTO deletion_receipts (user_id, consumer) VALUES ('old', 'study'), ('young', 'study')",
  );
  await tidyUp(service);
  const users = await owner.query<{ email: string }>(
    'test',
    'SELECT email FROM users ORDER BY email',
  );
  expect(users.map(({ email }) => email)).toEqual(['reader@example.org', 'waiting@example.org']);
  expect(await count('sessions')).toBe(0);
  expect(await count('throttles')).toBe(0);
  const left = await owner.query<{ user_id: string }>(
    'test',
    'SELECT user_id FROM deletions ORDER BY 1',
  );
  expect(left.map(({ user_id }) => user_id)).toEqual(['unconfirmed', 'young']);
});
