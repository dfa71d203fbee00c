import {
  connectDatabase,
  type Database,
  migrate,
  migrationStatus,
  readMigrations,
  rollback,
} from '@gospelib/database';
import { startTestPostgres } from '@gospelib/testkit';
import { getMigrations } from 'better-auth/db/migration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountsNeeds } from './accounts.needs.ts';
import { createAuth } from './auth/auth.ts';
import { goodPassword, type Harness, migrations, startHarness } from './testing/harness.ts';

let harness: Harness;
let database: Database;

beforeAll(async () => {
  harness = await startHarness();
  database = connectDatabase({ url: harness.ownerUrl, schema: 'accounts', application: 'test' });
});
afterAll(async () => {
  await database.close();
  await harness.close();
});

const tables: Readonly<Record<string, readonly string[]>> = {
  '0001_accounts': ['users', 'sessions', 'credentials', 'verifications'],
  '0002_security': ['signing_keys', 'throttles', 'events'],
  '0003_deletions': ['deletions', 'deletion_receipts'],
  '0004_revoked_sessions': ['revoked_sessions'],
};

/** Every row of some tables, as text. */
async function contents(names: readonly string[]): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const table of names) {
    found[table] = await database.query('test', `SELECT t::text FROM ${table} t ORDER BY t::text`);
  }
  return found;
}

describe('migrations', () => {
  it('are what the service asks for, or further already', () => {
    expect(readMigrations(migrations.folder).map(({ name }) => name)).toContain(
      accountsNeeds.migration,
    );
  });

  it('grant what readiness asks for, and nothing else', async () => {
    const granted = await database.query<{ name: string; rights: string[] }>(
      'test',
      `SELECT table_name AS name, array_agg(privilege_type::text ORDER BY privilege_type) AS rights
       FROM information_schema.role_table_grants
       WHERE table_schema = 'accounts' AND grantee = 'accounts_service' GROUP BY 1`,
    );
    const needed = Object.entries(accountsNeeds.tables).map(([name, rights]) => ({
      name,
      rights: rights.toSorted(),
    }));
    expect(granted).toEqual(expect.arrayContaining(needed));
    expect(granted).toHaveLength(needed.length);
  });

  it('make the tables that the library expects', async () => {
    const { config, ownerUrl } = harness;
    const asOwner = connectDatabase({ url: ownerUrl, schema: 'accounts', application: 'test' });
    const auth = createAuth({
      config,
      secrets: config.AUTH_SECRETS,
      pool: asOwner.pool,
      keys: {} as Parameters<typeof createAuth>[0]['keys'],
      events: {} as Parameters<typeof createAuth>[0]['events'],
      hasher: {} as Parameters<typeof createAuth>[0]['hasher'],
      log: () => undefined,
    });
    const { toBeCreated, toBeAdded } = await getMigrations(auth.options);
    await asOwner.close();
    // Our own ring stores the keys of tokens.
    expect(toBeCreated.map(({ table }) => table)).toEqual(['jwks']);
    expect(toBeAdded).toEqual([]);
  });

  it('go down and up again over tables with people in them, and lose what they say, nothing else', async () => {
    const target = { ...migrations, url: harness.ownerUrl };
    for (const name of ['reader', 'guest', 'author']) await harness.signedIn(`${name}@example.org`);
    const leaver = await harness.signedIn('stranger@example.org');
    await leaver.delete('/api/v1/account', { password: goodPassword }, 200);
    await harness
      .browser()
      .post('/api/v1/auth/request-password-reset', { email: 'reader@example.org' }, 200);

    for (const [to, undone] of [
      ['0003_deletions', ['0004_revoked_sessions']],
      ['0002_security', ['0004_revoked_sessions', '0003_deletions']],
      ['0001_accounts', ['0004_revoked_sessions', '0003_deletions', '0002_security']],
    ] as const) {
      const kept = Object.entries(tables).flatMap(([name, list]) =>
        undone.some((one) => one === name) ? [] : list,
      );
      const before = await contents(kept);
      expect(JSON.stringify(before)).toContain('reader@example.org');
      await expect(rollback({ ...target, to })).rejects.toThrow('loses');
      await rollback({ ...target, to, acceptDataLoss: true });
      expect(await contents(kept)).toEqual(before);
      await migrate(target);
      expect(await contents(kept)).toEqual(before);
      expect((await migrationStatus(target)).every(({ state }) => state === 'applied')).toBe(true);
    }
    // The service can use the recreated tables with its own rights.
    await harness
      .browser()
      .post(
        '/api/v1/auth/sign-in/email',
        { email: 'author@example.org', password: goodPassword },
        200,
      );
  });

  it('go down to nothing and up again', async () => {
    const store = await startTestPostgres();
    const target = { ...migrations, url: store.url };
    await migrate(target);
    const shape = await schemaOf(store.url);
    await rollback({ ...target, to: '0', acceptDataLoss: true });
    expect((await schemaOf(store.url)).filter((line) => !line.startsWith('migrations.'))).toEqual(
      [],
    );
    await migrate(target);
    expect(await schemaOf(store.url)).toEqual(shape);
    await store.stop();
  });
});

/** Columns and indexes of the schema, one per line. */
async function schemaOf(url: string): Promise<string[]> {
  const other = connectDatabase({ url, schema: 'accounts', application: 'test' });
  const rows = await other.query<{ line: string }>(
    'test',
    `SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS line
       FROM information_schema.columns WHERE table_schema = 'accounts'
     UNION ALL SELECT tablename || '.' || indexdef FROM pg_indexes WHERE schemaname = 'accounts'
     ORDER BY 1`,
  );
  await other.close();
  return rows.map(({ line }) => line);
}
