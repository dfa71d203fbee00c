import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestPostgres } from '@gospelib/testkit';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { migrate } from '../migration/migrate.ts';
import { compareShape, repairSchemaIndexes } from './schema.shape.ts';
import { heldTables } from './table.locks.ts';

let store: Awaited<ReturnType<typeof startTestPostgres>>;
let root: string;
let owner: pg.Client;
let number = 0;
let target: { url: string; schema: string; folder: string };

beforeAll(async () => {
  store = await startTestPostgres();
  root = mkdtempSync(join(tmpdir(), 'shapes-'));
  owner = new pg.Client(store.url);
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await store.stop();
  rmSync(root, { recursive: true });
});
beforeEach(async () => {
  const schema = `shape${++number}`;
  const folder = join(root, schema);
  mkdirSync(folder);
  target = { url: store.url, schema, folder };
  write(
    '0001_items',
    `CREATE TABLE items (id int PRIMARY KEY, label text NOT NULL CHECK (label <> ''));
     CREATE INDEX items_label ON items (label);
     CREATE TABLE others (id int PRIMARY KEY);
     ALTER TABLE items ENABLE ROW LEVEL SECURITY;
     CREATE POLICY own ON items USING (id > 0);`,
  );
  await migrate(target);
});

function write(name: string, up: string): void {
  const head = '-- @reversible yes\n-- @down-loses nothing\n';
  writeFileSync(join(target.folder, `${name}.up.sql`), head + up);
  writeFileSync(join(target.folder, `${name}.down.sql`), 'SELECT 1;');
}

const named = async () =>
  (await compareShape(target)).map(({ kind, name, fault }) => `${kind} ${name} ${fault}`);

it('finds nothing where nothing is wrong, and leaves no database behind', async () => {
  write('0002_more', 'CREATE TABLE more (id int);'); // pending: not expected to be there yet
  await owner.query(`CREATE TABLE ${target.schema}.extra (id int)`); // beyond what is needed
  expect(await named()).toEqual([]);
  const { rows } = await owner.query("SELECT datname FROM pg_database WHERE datname ~ 'shape'");
  expect(rows).toEqual([]);
});

it('names a table that was dropped by hand, with what was on it', async () => {
  await owner.query(`DROP TABLE ${target.schema}.items`);
  expect(await named()).toEqual(
    expect.arrayContaining([
      'table items missing',
      'column items.label missing',
      'index items_label missing',
      'policy items.own missing',
    ]),
  );
  expect((await named()).some((one) => one.includes('others'))).toBe(false);
});

it('mends an index that is missing, and drops one that was left unfinished', async () => {
  const { schema } = target;
  await owner.query(`DROP INDEX ${schema}.items_label`);
  await owner.query(`INSERT INTO ${schema}.items VALUES (1, 'a'), (2, 'a')`);
  const doubled = `CREATE UNIQUE INDEX CONCURRENTLY half ON ${schema}.items (label)`;
  await expect(owner.query(doubled)).rejects.toThrow('could not create unique index');
  expect(await named()).toEqual(['index items_label missing', 'index half unfinished']);
  expect(await repairSchemaIndexes(target)).toEqual(['items_label', 'half']);
  expect(await named()).toEqual([]);
  expect(await repairSchemaIndexes(target)).toEqual([]);
});

it('expects nothing of a schema that was never migrated', async () => {
  expect(await compareShape({ ...target, schema: 'never' })).toEqual([]);
});

it('names who holds a table alone, and since when', async () => {
  const { url, schema } = target;
  const holder = new pg.Client({ connectionString: url, application_name: 'somebody' });
  await holder.connect();
  try {
    await holder.query(`BEGIN; LOCK TABLE ${schema}.items IN ACCESS EXCLUSIVE MODE`);
    const { rows } = await holder.query('SELECT pg_backend_pid() AS pid');
    const [held, ...more] = await heldTables(url, schema, 0);
    expect(more).toEqual([]);
    expect(held).toMatchObject({ table: 'items', pid: rows[0]?.pid, application: 'somebody' });
    expect(Math.abs(Date.parse(held?.since ?? '') - Date.now())).toBeLessThan(60_000);
    expect(await heldTables(url, schema, 60_000)).toEqual([]);
    await holder.query('ROLLBACK');
    expect(await heldTables(url, schema, 0)).toEqual([]);
  } finally {
    await holder.end();
  }
});
