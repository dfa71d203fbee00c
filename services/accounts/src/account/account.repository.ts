import type { AccountExport, AccountResponse } from '@gospelib/contracts';
import type { Queries } from '@gospelib/database';
import { ProblemError } from '@gospelib/service-kit';

const passwordProvider = 'credential';

interface UserRow {
  id: string;
  email: string;
  email_verified: boolean;
  name: string;
  created_at: Date;
  ways: string[];
}

/** A reader's own view of their account. @throws ProblemError unauthenticated when the account is gone */
export async function readAccount(queries: Queries, userId: string): Promise<AccountResponse> {
  const [row] = await queries.query<UserRow>(
    'account read',
    `SELECT u.id, u.email, u.email_verified, u.name, u.created_at,
       ARRAY(SELECT DISTINCT provider_id FROM credentials WHERE user_id = u.id ORDER BY 1) AS ways
     FROM users u WHERE u.id = $1`,
    [userId],
  );
  if (!row) throw new ProblemError('unauthenticated', 'Sign in first.');
  return {
    id: row.id,
    email: row.email,
    emailVerified: row.email_verified,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    hasPassword: row.ways.includes(passwordProvider),
    providers: row.ways.filter((way) => way !== passwordProvider),
  };
}

/** The account with this e-mail address, in any letter case. */
export async function findUserId(queries: Queries, email: string): Promise<string | undefined> {
  const [row] = await queries.query<{ id: string }>(
    'user by email',
    'SELECT id FROM users WHERE email = $1',
    [email.toLowerCase()],
  );
  return row?.id;
}

export async function renameUser(queries: Queries, userId: string, name: string): Promise<void> {
  await queries.query(
    'account rename',
    'UPDATE users SET name = $2, updated_at = now() WHERE id = $1',
    [userId, name],
  );
}

interface WayRow {
  provider_id: string;
  account_id: string;
  created_at: Date;
}

/** The ways in which a reader signs in, without their secrets. */
export async function listSignInWays(
  queries: Queries,
  userId: string,
): Promise<AccountExport['signInWays']> {
  const rows = await queries.query<WayRow>(
    'sign-in ways',
    `SELECT provider_id, account_id, created_at FROM credentials
     WHERE user_id = $1 ORDER BY created_at, id`,
    [userId],
  );
  return rows.map(({ provider_id, account_id, created_at }) => ({
    provider: provider_id === passwordProvider ? 'password' : provider_id,
    accountId: account_id,
    createdAt: created_at.toISOString(),
  }));
}
