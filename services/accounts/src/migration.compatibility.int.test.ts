import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, migrationStatus, readMigrations, rollback } from '@gospelib/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountsNeeds } from './accounts.needs.ts';
import { type Harness, migrations, startHarness } from './testing/harness.ts';
import { walkAccount } from './testing/person.walk.ts';

/**
 * This release must work on the schema that the next one needs, since both run at the same time during a rollout. A
 * migration is merged before the code that requires it (docs/operations/database.md); until then it is in `ahead`, and
 * is tested here with the code that does not know it.
 */
const names = readMigrations(migrations.folder).map(({ name }) => name);
const ahead = names.slice(names.indexOf(accountsNeeds.migration));

let harness: Harness;
let folder: string;

beforeAll(async () => {
  harness = await startHarness();
  folder = mkdtempSync(join(tmpdir(), 'accounts-next-'));
  cpSync(migrations.folder, folder, { recursive: true });
});
afterAll(async () => {
  await harness.close();
  rmSync(folder, { recursive: true });
});

/** An instance started before the migration. */
const walkRunning = () => walkAccount(harness, harness.app);
/** An instance started after it. */
const walkStarted = async () => walkAccount(harness, await harness.another());

/** Runs `work` on the schema after one more migration, which is then rolled back. */
async function afterMigration<T>(up: string, down: string, work: () => Promise<T>): Promise<T> {
  const target = { ...migrations, folder, url: harness.ownerUrl };
  const write = (direction: string, sql: string) =>
    writeFileSync(join(folder, `9999_next.${direction}.sql`), sql);
  write('up', `-- @reversible yes\n-- @down-loses nothing\n${up}`);
  write('down', down);
  await migrate(target);
  try {
    const state = (await migrationStatus({ ...migrations, url: harness.ownerUrl })).at(-1);
    expect(state).toMatchObject({ name: '9999_next', state: 'unknown' });
    return await work();
  } finally {
    await rollback({ ...target, to: names.at(-1) ?? '0' });
  }
}

it.each(ahead)('works as the schema stands at %s', async (name) => {
  const target = { ...migrations, url: harness.ownerUrl };
  await rollback({ ...target, to: name, acceptDataLoss: true });
  expect([await walkRunning(), await walkStarted()]).toEqual([undefined, undefined]);
  await migrate(target);
});

it('works after a migration that only adds', async () => {
  const walks = await afterMigration(
    `ALTER TABLE users ADD locale text NOT NULL DEFAULT 'en';
     ALTER TABLE sessions ADD device text;
     ALTER TABLE credentials ADD used_at timestamptz;
     ALTER TABLE events ADD place text;
     CREATE INDEX users_locale ON users (locale);
     CREATE TABLE devices (id text PRIMARY KEY, user_id text NOT NULL REFERENCES users ON DELETE CASCADE);`,
    `DROP TABLE devices; DROP INDEX users_locale; ALTER TABLE events DROP place;
     ALTER TABLE credentials DROP used_at; ALTER TABLE sessions DROP device; ALTER TABLE users DROP locale;`,
    async () => [await walkRunning(), await walkStarted()],
  );
  expect(walks).toEqual([undefined, undefined]);
  expect(await walkRunning()).toBeUndefined();
});

describe('a migration that breaks this release is found', () => {
  it.each([
    [
      'a column renamed',
      'ALTER TABLE users RENAME name TO display_name;',
      'ALTER TABLE users RENAME display_name TO name;',
    ],
    [
      'a column gone',
      'ALTER TABLE sessions DROP user_agent;',
      'ALTER TABLE sessions ADD user_agent text;',
    ],
    [
      'a new column that must be filled',
      `ALTER TABLE credentials ADD algorithm text NOT NULL DEFAULT 'scrypt';
       ALTER TABLE credentials ALTER algorithm DROP DEFAULT;`,
      'ALTER TABLE credentials DROP algorithm;',
    ],
    [
      'a table that holds what must go before an account can',
      'CREATE TABLE devices (user_id text NOT NULL REFERENCES users); CREATE FUNCTION keep_device() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = accounts AS $$ BEGIN INSERT INTO devices VALUES (NEW.user_id); RETURN NULL; END $$; CREATE TRIGGER seen AFTER INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION keep_device();',
      'DROP TRIGGER seen ON sessions; DROP FUNCTION keep_device(); DROP TABLE devices;',
    ],
    [
      'a right taken away',
      'REVOKE INSERT ON deletions FROM accounts_service;',
      'GRANT INSERT ON deletions TO accounts_service;',
    ],
  ])('%s', async (_, up, down) => {
    expect(await afterMigration(up, down, walkRunning)).toBeTypeOf('string');
  });

  it('and nothing else was', async () => {
    expect(await walkRunning()).toBeUndefined();
  });
});
