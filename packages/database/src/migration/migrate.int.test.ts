import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTestPostgres } from '@gospelib/testkit';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectDatabase } from '../pool/database.ts';
import { migrate, migrationStatus, rollback } from './migrate.ts';
import { runMigrationCommand } from './migration.command.ts';

const head = '-- @reversible yes\n-- @down-loses nothing\n';
const lossy = '-- @reversible yes\n-- @down-loses every label\n';
const stuck = '-- @reversible no: the column is gone; add another\n';

let store: Awaited<ReturnType<typeof startTestPostgres>>;
let root: string;
let owner: pg.Client;
let number = 0;
let schema: string;
let folder: string;

beforeAll(async () => {
  store = await startTestPostgres();
  root = mkdtempSync(join(tmpdir(), 'migrations-'));
  owner = new pg.Client(store.url);
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await store.stop();
  rmSync(root, { recursive: true });
});
beforeEach(() => {
  schema = `trial${++number}`;
  folder = join(root, schema);
  mkdirSync(folder);
  write('0001_items', `${head}CREATE TABLE items (id int PRIMARY KEY);`, 'DROP TABLE items;');
});

function write(name: string, up: string, down?: string): void {
  writeFileSync(join(folder, `${name}.up.sql`), up);
  if (down !== undefined) writeFileSync(join(folder, `${name}.down.sql`), down);
}

const target = () => ({ url: store.url, schema, folder });

async function itemsOf(): Promise<unknown[]> {
  return (await owner.query(`SELECT * FROM ${schema}.items ORDER BY id`)).rows;
}

async function sleepers(): Promise<number> {
  const { rows } = await owner.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event = 'PgSleep'`,
  );
  return rows[0].n;
}

/** The service's own connection, with the password that the migrations gave its role. */
async function asService<T>(run: (client: pg.Client) => Promise<T>): Promise<T> {
  const url = new URL(store.url);
  url.username = `${schema}_service`;
  url.password = 'service secret';
  const client = new pg.Client({
    connectionString: url.href,
    options: `-c search_path=${schema}`,
  });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

describe('migrate', () => {
  it('told to expand only, it refuses what takes away from a release that serves, and changes nothing', async () => {
    const expandOnly = () => migrate({ ...target(), expandOnly: true });
    write('0002_label', `${head}ALTER TABLE items ADD COLUMN label text;`, 'SELECT;');
    write('0003_no_label', `${head}ALTER TABLE items DROP COLUMN label;`, 'SELECT;');
    // Nobody is served from an empty schema.
    expect((await expandOnly()).migrations).toHaveLength(3);
    write('0004_more', `${head}ALTER TABLE items ADD COLUMN more text;`, 'SELECT;');
    write('0005_gone', `${head}DROP TABLE items;`, 'SELECT;');
    await expect(expandOnly()).rejects.toThrow(
      /what these migrations take away: 0005_gone: DROP TABLE items\. Nothing was changed/,
    );
    expect((await migrationStatus(target())).map(({ state }) => state)).toEqual([
      'applied',
      'applied',
      'applied',
      'pending',
      'pending',
    ]);
    expect((await migrate(target())).migrations).toEqual(['0004_more', '0005_gone']);
  });

  it('applies what is pending, once', async () => {
    expect(await migrate(target())).toMatchObject({ migrations: ['0001_items'], dryRun: false });
    write(
      '0002_label',
      `${lossy}ALTER TABLE items ADD label text;`,
      'ALTER TABLE items DROP label;',
    );
    expect(await migrationStatus(target())).toEqual([
      { name: '0001_items', state: 'applied', reversible: true, loses: null },
      { name: '0002_label', state: 'pending', reversible: true, loses: 'every label' },
    ]);
    expect((await migrate(target())).migrations).toEqual(['0002_label']);
    expect((await migrate(target())).migrations).toEqual([]);
  });

  it('says what it would do without touching anything', async () => {
    expect(await migrate({ ...target(), dryRun: true })).toMatchObject({
      migrations: ['0001_items'],
      dryRun: true,
    });
    const { rows } = await owner.query('SELECT FROM pg_namespace WHERE nspname = $1', [schema]);
    expect(rows).toHaveLength(0);
  });

  it('undoes a migration that fails in the middle, and keeps those before it', async () => {
    write('0002_more', `${head}CREATE TABLE more (id int); SELECT 1/0;`, 'DROP TABLE more;');
    await expect(migrate(target())).rejects.toThrow(/division by zero.*is at: 0001_items/);
    const { rows } = await owner.query('SELECT to_regclass($1) AS t', [`${schema}.more`]);
    expect(rows[0].t).toBeNull();
    expect((await migrationStatus(target())).map(({ state }) => state)).toEqual([
      'applied',
      'pending',
    ]);
  });

  it('undoes a change of rows that fails in the middle, and goes on when it is repaired', async () => {
    await migrate(target());
    await owner.query(`INSERT INTO ${schema}.items SELECT generate_series(1, 2000)`);
    const before = await itemsOf();
    const change =
      'ALTER TABLE items ADD half int; UPDATE items SET half = id / 2, id = id + 10000;';
    write('0002_half', `${head}${change} SELECT 1 / (id - 11000) FROM items;`, 'SELECT 1;');
    await expect(migrate(target())).rejects.toThrow(/division by zero.*is at: 0001_items/);
    expect(await itemsOf()).toEqual(before);
    write(
      '0002_half',
      `${head}${change}`,
      'UPDATE items SET id = id - 10000; ALTER TABLE items DROP half;',
    );
    await migrate(target());
    await rollback({ ...target(), to: '0001_items' });
    expect(await itemsOf()).toEqual(before);
  });

  it('killed in the middle, has changed nothing, and the next run goes through within seconds', async () => {
    await migrate(target());
    await owner.query(`INSERT INTO ${schema}.items SELECT generate_series(1, 2000)`);
    const before = await itemsOf();
    // Far longer than this test: the server must end the statement of a killed runner.
    write(
      '0002_slow',
      `${head}UPDATE items SET id = id + 10000; ALTER TABLE items ADD x int; SELECT pg_sleep(600);`,
      'SELECT 1;',
    );
    const script = fileURLToPath(new URL('../testing/killed.migration.ts', import.meta.url));
    const runner = spawn(process.execPath, [script, store.url, schema, folder], {
      stdio: 'ignore',
    });
    await expect.poll(sleepers).toBe(1);
    await expect(migrate(target())).rejects.toMatchObject({ name: 'MigrationLockedError' });
    runner.kill('SIGKILL');
    await once(runner, 'exit');
    write('0002_slow', `${head}ALTER TABLE items ADD x int;`, 'ALTER TABLE items DROP x;');
    await expect.poll(() => migrate(target()).then(() => true), { interval: 200 }).toBe(true);
    expect(await sleepers()).toBe(0);
    expect((await migrationStatus(target())).every(({ state }) => state === 'applied')).toBe(true);
    await rollback({ ...target(), to: '0001_items' });
    expect(await itemsOf()).toEqual(before);
  });

  it('keeps two runners apart, and the second says so or waits', async () => {
    // The first run is held in the middle until the other one has been refused.
    write('0002_slow', `${head}SELECT pg_advisory_xact_lock(4242);`, 'SELECT 1;');
    await owner.query('SELECT pg_advisory_lock(4242)');
    const release = () => owner.query('SELECT pg_advisory_unlock(4242)');
    const runs = [migrate(target()), migrate(target())];
    await Promise.any(
      runs.map((run) =>
        run.then(
          () => Promise.reject(),
          () => undefined,
        ),
      ),
    );
    const waiting = runMigrationCommand(target(), {
      args: ['migrate', '--wait', '600'],
      env: { MIGRATION_DATABASE_URL: store.url },
      write: () => {},
      writeError: () => {},
    });
    await release();
    const outcomes = await Promise.allSettled(runs);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({ name: 'MigrationLockedError' });
    expect(await waiting).toBe(0);
    expect((await migrate(target())).migrations).toEqual([]);
  });

  it('refuses a migration without its statements before touching anything', async () => {
    write('0002_mute', 'SELECT 1;', 'SELECT 1;');
    await expect(migrate(target())).rejects.toThrow('@reversible is missing');
    const { rows } = await owner.query('SELECT FROM pg_namespace WHERE nspname = $1', [schema]);
    expect(rows).toHaveLength(0);
  });

  it('refuses a migration slipped in before one that is applied', async () => {
    write('0003_late', `${head}SELECT 1;`, 'SELECT 1;');
    await migrate(target());
    write('0002_early', `${head}SELECT 1;`, 'SELECT 1;');
    await expect(migrate(target())).rejects.toThrow(/0002_early/);
  });

  it('runs outside a transaction what says that it must', async () => {
    write(
      '0002_index',
      `-- @transaction no\n${head}CREATE INDEX CONCURRENTLY items_id ON items (id);`,
      'DROP INDEX CONCURRENTLY items_id;',
    );
    expect((await migrate(target())).migrations).toHaveLength(2);
    expect((await rollback({ ...target(), to: '0001_items' })).migrations).toEqual(['0002_index']);
  });
});

describe('rollback', () => {
  beforeEach(async () => {
    write(
      '0002_label',
      `${lossy}ALTER TABLE items ADD label text;`,
      'ALTER TABLE items DROP label;',
    );
    await migrate(target());
  });

  it('refuses to lose data that nobody gave up, and does so when told', async () => {
    await expect(rollback({ ...target(), to: '0' })).rejects.toMatchObject({
      name: 'DataLossError',
      message: expect.stringContaining('0002_label loses every label'),
    });
    const undone = await rollback({ ...target(), to: '0', acceptDataLoss: true });
    expect(undone.migrations).toEqual(['0002_label', '0001_items']);
    expect((await migrationStatus(target())).map(({ state }) => state)).toEqual([
      'pending',
      'pending',
    ]);
  });

  it('refuses as a whole to pass what cannot be undone', async () => {
    write('0003_stuck', `${stuck}ALTER TABLE items DROP label;`);
    write('0004_next', `${head}SELECT 1;`, 'SELECT 1;');
    await migrate(target());
    await expect(
      rollback({ ...target(), to: '0002_label', acceptDataLoss: true }),
    ).rejects.toMatchObject({
      name: 'IrreversibleError',
      message: expect.stringMatching(/0003_stuck.*Fix forward/),
    });
    expect((await migrationStatus(target())).every(({ state }) => state === 'applied')).toBe(true);
  });

  it('names a place that was never reached, and a migration of a later release', async () => {
    await expect(rollback({ ...target(), to: '0009_x' })).rejects.toThrow('no applied migration');
    write('0003_new', `${head}SELECT 1;`, 'SELECT 1;');
    await migrate(target());
    rmSync(join(folder, '0003_new.up.sql'));
    rmSync(join(folder, '0003_new.down.sql'));
    expect((await migrationStatus(target())).at(-1)).toMatchObject({ state: 'unknown' });
    await expect(rollback({ ...target(), to: '0002_label' })).rejects.toThrow('not part of');
  });

  it('only says what it would do with dryRun', async () => {
    const undone = await rollback({
      ...target(),
      to: '0001_items',
      acceptDataLoss: true,
      dryRun: true,
    });
    expect(undone).toMatchObject({ migrations: ['0002_label'], dryRun: true });
    expect((await migrationStatus(target())).at(-1)).toMatchObject({ state: 'applied' });
  });
});

describe('the role of a service', () => {
  beforeEach(async () => {
    await migrate({ ...target(), role: { password: 'service secret' } });
  });

  it('reads and writes rows of its own schema', async () => {
    await asService(async (client) => {
      await client.query('INSERT INTO items VALUES (1)');
      await client.query('UPDATE items SET id = 2');
      expect((await client.query('DELETE FROM items RETURNING id')).rows).toEqual([{ id: 2 }]);
      expect((await client.query('SELECT name FROM migrations')).rowCount).toBe(1);
    });
  });

  it.each([
    ['CREATE TABLE mine (id int)'],
    ['DROP TABLE items'],
    ['ALTER TABLE items ADD x int'],
    ['TRUNCATE items'],
    ['DELETE FROM migrations'],
    ["INSERT INTO migrations (name, run_on) VALUES ('0009_x', now())"],
    ['CREATE TABLE public.mine (id int)'],
    ['CREATE ROLE other'],
    ["COPY items TO PROGRAM 'true'"],
  ])('cannot %s', async (sql) => {
    await asService((client) => expect(client.query(sql)).rejects.toMatchObject({ code: '42501' }));
  });

  it('cannot look into another schema', async () => {
    await owner.query(
      'CREATE SCHEMA IF NOT EXISTS other; CREATE TABLE IF NOT EXISTS other.t (id int)',
    );
    await asService((client) =>
      expect(client.query('SELECT * FROM other.t')).rejects.toMatchObject({ code: '42501' }),
    );
  });

  it('is asked for its migration by readiness', async () => {
    const url = new URL(store.url);
    url.username = `${schema}_service`;
    url.password = 'service secret';
    const database = connectDatabase({
      url: url.href,
      schema,
      application: 'test',
      connectTimeout: 30_000,
    });
    await expect(database.requireMigration('0001_items')).resolves.toBeUndefined();
    await expect(database.requireMigration('0002_next')).rejects.toMatchObject({
      name: 'SchemaMissingError',
      message: expect.stringContaining('./gl db migrate'),
    });
    await database.close();
    const empty = connectDatabase({
      url: store.url,
      schema: 'nowhere',
      application: 'test',
      connectTimeout: 30_000,
    });
    await expect(empty.requireMigration('0001_items')).rejects.toMatchObject({
      name: 'SchemaMissingError',
    });
    await empty.close();
  });
});
