import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isAlive } from '@gospelib/processes';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { ownerProcess, scratchFolder } from '../testing/scratch.ts';
import { own } from './postgres.cluster.ts';
import { choosePostgresUser, findPostgresProgram } from './postgres.program.ts';
import { startPostgres } from './postgres.store.ts';

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test('what was written is there after a restart, and stop() leaves only the data', async () => {
  const dataDir = scratchFolder();
  const first = await startPostgres({ dataDir });
  await query(first.url, 'CREATE TABLE note (text text)');
  await query(first.url, "INSERT INTO note VALUES ('ἀγάπη')");
  await first.stop();
  expect(readdirSync(dataDir).sort()).toEqual(['cluster', 'engine', 'secret']);
  const second = await startPostgres({ dataDir });
  onTestFinished(() => second.stop());
  expect(await query(second.url, 'SELECT text FROM note')).toEqual([{ text: 'ἀγάπη' }]);
  // A hanging one answers nothing.
  expect(await second.answers(5_000)).toBe(true);
  process.kill(second.pid, 'SIGSTOP');
  expect(await second.answers(200)).toBe(false);
  process.kill(second.pid, 'SIGCONT');
});

test('it is modest, listens on this machine only, trusts nobody without the password, and its role has what a provider gives: no files, no programs', async () => {
  const dataDir = scratchFolder();
  const store = await startPostgres({ dataDir });
  onTestFinished(() => store.stop());
  const settings = await query(
    store.url,
    "SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'shared_buffers')",
  );
  expect(settings).toEqual([
    { name: 'listen_addresses', setting: '127.0.0.1' },
    { name: 'shared_buffers', setting: String(32 * 128) }, // pages of 8 kB
  ]);
  const wrong = new URL(store.url);
  wrong.password = 'wrong';
  await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  const roles = await query(
    store.url,
    `SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolcanlogin FROM pg_roles
     WHERE oid >= 16384 OR oid = 10 ORDER BY 1`,
  );
  expect(roles).toEqual([
    {
      rolname: 'gospelib',
      rolsuper: false,
      rolcreaterole: true,
      rolcreatedb: true,
      rolbypassrls: false,
      rolcanlogin: true,
    },
    expect.objectContaining({ rolname: 'postgres', rolsuper: true, rolcanlogin: false }),
  ]);
  for (const forbidden of [
    `COPY (SELECT 1) TO PROGRAM 'touch ${dataDir}/planted'`,
    `COPY (SELECT 1) TO '${dataDir}/planted'`,
    "CREATE TABLE t (line text); COPY t FROM '/etc/passwd'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT lo_import('/etc/passwd')",
    'ALTER ROLE gospelib SUPERUSER',
    'SET SESSION AUTHORIZATION postgres',
    'SET ROLE postgres',
    "ALTER ROLE postgres LOGIN PASSWORD 'x'",
    'GRANT pg_execute_server_program TO gospelib',
  ]) {
    await expect(query(store.url, forbidden), forbidden).rejects.toThrow(/permission denied|must/i);
  }
  expect(readdirSync(dataDir)).not.toContain('planted');
});

test('a first start that was killed half-way is made good by the next', async () => {
  const dataDir = scratchFolder();
  mkdirSync(join(dataDir, 'cluster.new'));
  writeFileSync(join(dataDir, 'cluster.new', 'PG_VERSION'), '18\n');
  const store = await startPostgres({ dataDir });
  onTestFinished(() => store.stop());
  expect(await query(store.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('after a kill -9 of its owner, and of the server itself, the next start works', async () => {
  const dataDir = scratchFolder();
  const { owner, pid, url } = await ownerProcess('startPostgres', dataDir);
  await query(url, 'CREATE TABLE kept (id int)');
  const orphan = identify(pid);
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  const second = await startPostgres({ dataDir });
  expect(orphan && isAlive(orphan)).toBe(false);
  process.kill(second.pid, 'SIGKILL');
  await second.exited;
  const third = await startPostgres({ dataDir });
  onTestFinished(() => third.stop());
  expect(await query(third.url, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 0 }]);
});

test('a cluster of an older release, in which our role is a superuser, is handed over with all that is in it', async () => {
  const dataDir = scratchFolder();
  const url = await withOlderRelease(dataDir);
  const store = await startPostgres({ dataDir });
  onTestFinished(() => store.stop());
  const here = (text: string) => query(store.url, text);
  expect(new URL(store.url).password).toBe(new URL(url).password);
  expect(await here("SELECT current_setting('is_superuser') AS super")).toEqual([{ super: 'off' }]);
  // Everything can be changed, as migrations and restores do.
  await here(`
    ALTER TABLE study.notes ADD more text; ALTER SEQUENCE study.apart RESTART; ALTER VIEW study.seen RENAME TO seen2;
    CREATE OR REPLACE FUNCTION study.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    ALTER TYPE study.mood ADD VALUE 'sad'; ALTER POLICY own ON study.notes USING (true);
    DROP TABLE study.gone; ALTER ROLE study_service PASSWORD 'new'; CREATE SCHEMA more`);
  expect(await here('SELECT id::int, text FROM study.notes')).toEqual([{ id: 1, text: 'ἀγάπη' }]);
  expect(
    await here(
      `SELECT relname FROM pg_class WHERE relowner = 10 AND oid >= 16384
       AND relnamespace::regnamespace::text NOT LIKE 'pg_toast%'`,
    ),
  ).toEqual([]);
  await here('ALTER DATABASE gospelib_before_x RENAME TO other');
  expect(
    await here(`SELECT has_table_privilege('study_service', 'study.notes', 'INSERT') AS may`),
  ).toEqual([{ may: true }]);
});

/** What an older release left in a folder, whose role was the cluster's superuser. @returns its address */
async function withOlderRelease(dataDir: string): Promise<string> {
  const store = await startPostgres({ dataDir });
  await store.stop();
  // What single-user mode may do, and nobody who signs in.
  asSuperuser(dataDir, 'postgres', [
    "UPDATE pg_authid SET rolname = 'former' WHERE rolname = 'gospelib'",
    `UPDATE pg_authid SET rolname = 'gospelib', rolcanlogin = true,
      rolpassword = (SELECT rolpassword FROM pg_authid WHERE rolname = 'former') WHERE oid = 10`,
    'ALTER DATABASE gospelib OWNER TO gospelib',
    'DROP ROLE former',
    'CREATE ROLE study_service LOGIN',
    'CREATE DATABASE gospelib_before_x',
  ]);
  asSuperuser(dataDir, 'gospelib', [
    'CREATE SCHEMA study',
    'GRANT USAGE ON SCHEMA study TO study_service',
    'ALTER DEFAULT PRIVILEGES IN SCHEMA study GRANT INSERT ON TABLES TO study_service',
    "CREATE TYPE study.mood AS ENUM ('glad')",
    'CREATE TABLE study.notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text, mood study.mood)',
    "INSERT INTO study.notes (text) VALUES ('ἀγάπη')",
    'CREATE TABLE study.gone (note bigint REFERENCES study.notes)',
    'ALTER TABLE study.notes ENABLE ROW LEVEL SECURITY',
    'CREATE POLICY own ON study.notes USING (false)',
    'CREATE SEQUENCE study.apart',
    'CREATE VIEW study.seen AS SELECT id FROM study.notes',
    "CREATE FUNCTION study.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    'CREATE TRIGGER touched BEFORE INSERT ON study.notes FOR EACH ROW EXECUTE FUNCTION study.touch()',
  ]);
  return store.url;
}

function asSuperuser(dataDir: string, database: string, statements: readonly string[]): void {
  const user = choosePostgresUser();
  own(dataDir, user);
  const [command = '', ...args] = [
    ...(user.wrapper ?? []),
    ...[findPostgresProgram().postgres, '--single', '-j', '-D', join(dataDir, 'cluster'), database],
  ];
  const input = statements.map((statement) => `${statement};\n\n`).join('');
  const { stderr, status } = spawnSync(command, args, { ...user, encoding: 'utf8', input });
  expect(stderr).not.toMatch(/ERROR|FATAL/);
  expect(status).toBe(0);
}
