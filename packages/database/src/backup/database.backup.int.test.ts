import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { migrate } from '../migration/migrate.ts';
import { withLock } from '../migration/migration.session.ts';
import { compareShape } from '../shape/schema.shape.ts';
import {
  contentsOf,
  type SampleDatabase,
  type SampleServer,
  startSampleServer,
} from '../testing/sample.database.ts';
import { databaseBackupContent } from './backup.content.ts';
import { verifyDatabaseBackup } from './backup.verify.ts';
import { backupDatabase, takeDatabaseBackup } from './database.backup.ts';
import { compareWithBackup, restoreDatabase } from './database.restore.ts';

let server: SampleServer;
let sample: SampleDatabase;

beforeAll(async () => {
  server = await startSampleServer();
  sample = await server.openSample();
});
afterEach(async () => {
  const { backups } = sample;
  const { whole, damaged } = await backups.survey();
  for (const { id } of [...whole, ...damaged]) await backups.remove(id);
});
afterAll(async () => {
  sample.close();
  await server.stop();
});

const backup = () => backupDatabase(sample.source, sample.backups, { scratch: server.scratch });

it('holds every row, is verified by a restore, and says what is in it', async () => {
  const manifest = await backup();
  expect(manifest.verified?.engine).toMatch(/^postgresql \d+/);
  expect(manifest.engine.name).toBe('postgresql');
  const content = databaseBackupContent.parse(manifest.content);
  expect(content.rows).toBe(20 + 3000 + 3000);
  const [schema] = content.schemas;
  expect(schema?.migrations.map(({ name }) => name)).toEqual(['0001_shelves', '0002_colour']);
  expect(schema?.tables.map(({ table, rows }) => [table, rows])).toEqual(
    expect.arrayContaining([
      ['archive', 3000],
      ['books', 3000],
      ['shelves', 20],
      ['migrations', 2],
    ]),
  );
  expect((await sample.backups.list()).map(({ id }) => id)).toEqual([manifest.id]);
});

it('is of one moment, while others write to two tables in one transaction', async () => {
  const writer = new pg.Client({
    connectionString: sample.url,
    options: '-c search_path=library',
  });
  await writer.connect();
  let writing = true;
  let written = 0;
  const done = (async () => {
    while (writing) {
      await writer.query(
        `BEGIN; INSERT INTO shelves (label) VALUES ('moving');
         INSERT INTO books (id, shelf, price) SELECT 100000 + max(id), max(id), 1 FROM shelves; COMMIT`,
      );
      written += 1;
    }
  })();
  const manifest = await backup();
  writing = false;
  await done;
  await writer.end();
  expect(written).toBeGreaterThan(5);
  const tables = databaseBackupContent.parse(manifest.content).schemas[0]?.tables;
  const rowsOf = (name: string) => tables?.find(({ table }) => table === name)?.rows ?? 0;
  // Each new shelf came with one book.
  expect(rowsOf('books') - 3000).toBe(rowsOf('shelves') - 20);
  const { tables: now } = await compareWithBackup(sample.source, manifest);
  expect(now.find(({ table }) => table === 'library.books')).toMatchObject({ same: false });
  expect(now.find(({ table }) => table === 'library.migrations')).toMatchObject({ same: true });
});

it('reads a table with one process, however large, and leaves the other cores to readers', async () => {
  const own = await server.openSample();
  const launched = async () => {
    const stat = 'FROM pg_stat_database WHERE datname = current_database()';
    return (await own.query(`SELECT parallel_workers_launched::int AS n ${stat}`))[0]?.n;
  };
  try {
    for (const cost of ['setup_cost', 'tuple_cost']) {
      await own.query(
        `ALTER DATABASE ${new URL(own.url).pathname.slice(1)} SET parallel_${cost} = 0`,
      );
    }
    await own.query('ALTER TABLE archive SET (parallel_workers = 2)');
    const before = await launched();
    await takeDatabaseBackup(own.source, own.backups);
    expect(await launched()).toBe(before);
    await own.query('SELECT count(*) FROM archive');
    expect(await launched()).toBeGreaterThan(Number(before));
  } finally {
    own.close();
  }
});

it('does not count when a file was altered, or cut short', async () => {
  const { id, files } = await backup();
  const file = join(sample.folder, 'backups', id, 'library.books.copy.zst');
  expect(files.some(({ name }) => name === 'library.books.copy.zst')).toBe(true);
  const bytes = readFileSync(file);
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  writeFileSync(file, bytes);
  const [manifest] = await sample.backups.list();
  if (manifest === undefined) throw new Error('the backup is gone');
  await expect(
    verifyDatabaseBackup(sample.backups, manifest, { ...sample.source, scratch: server.scratch }),
  ).rejects.toThrow();
  writeFileSync(file, bytes.subarray(0, middle));
  expect(await sample.backups.list()).toEqual([]);
});

it.each([
  ['lacks', 'DROP TABLE archive CASCADE', 'it lacks the table archive'],
  ['has by hand', 'CREATE TABLE extra (id int)', 'it has the table extra'],
  [
    'has the type of a column by hand',
    'ALTER TABLE archive ALTER title TYPE varchar(99)',
    'its column archive.title',
  ],
  ['has a column by hand', 'ALTER TABLE books ADD extra int', 'which no migration makes'],
])('does not count when the database %s something', async (_, damage, reason) => {
  const own = await server.openSample();
  try {
    await own.query(damage);
    await expect(
      backupDatabase(own.source, own.backups, { scratch: server.scratch }),
    ).rejects.toMatchObject({
      name: 'BackupMismatchError',
      message: expect.stringContaining(reason),
    });
    expect((await own.backups.list()).every(({ verified }) => verified === undefined)).toBe(true);
  } finally {
    own.close();
  }
});

it('says what was changed by hand and comes back as migrations make it', async () => {
  const own = await server.openSample();
  try {
    await own.query(`DROP POLICY cheap ON books; GRANT DELETE ON archive TO library_service;
      CREATE INDEX by_hand ON books (title)`);
    const steps: string[] = [];
    const onStep = (step: string) => steps.push(step);
    const { id } = await backupDatabase(own.source, own.backups, {
      scratch: server.scratch,
      onStep,
    });
    const said = steps.filter((step) => step.includes('in the backup it')).join('\n');
    expect(said).toContain('it has the index by_hand, which no migration makes');
    expect(said).toContain('it lacks the policy books.cheap, which its migrations make');
    expect(said).toContain('its grants archive is not as its migrations make it');
    await restoreDatabase(own.source, own.backups, id);
    const [schema] = own.source.schemas;
    if (schema === undefined) throw new Error('no schema');
    expect(await compareShape({ ...schema, url: own.url })).toEqual([]);
  } finally {
    own.close();
  }
});

it('and migrations keep each other out', async () => {
  const [schema] = sample.source.schemas;
  if (schema === undefined) throw new Error('no schema');
  const tries: Promise<unknown>[] = [];
  const onStep = () => {
    tries.push(migrate({ ...schema, url: sample.url }).catch((error: unknown) => error));
  };
  await backupDatabase(sample.source, sample.backups, { scratch: server.scratch, onStep });
  expect((await Promise.all(tries))[0]).toMatchObject({ name: 'MigrationLockedError' });
  await withLock(sample.url, () =>
    expect(backup()).rejects.toMatchObject({ name: 'MigrationLockedError' }),
  );
  expect(await migrate({ ...schema, url: sample.url })).toMatchObject({ migrations: [] });
});

it('leaves nothing of one that could not be finished', async () => {
  const nowhere = { ...sample.source, url: sample.url.replace(/:\d+\//, ':1/') };
  await expect(
    backupDatabase(nowhere, sample.backups, { scratch: server.scratch }),
  ).rejects.toThrow();
  expect(await sample.backups.list()).toEqual([]);
  expect(
    readdirSync(join(sample.folder, 'backups')).filter((name) => /^database/.test(name)),
  ).toEqual([]);
  expect((await contentsOf(sample)).length).toBeGreaterThan(6000);
});
