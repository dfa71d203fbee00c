import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupManifest } from '@gospelib/backup';
import { startTestPostgres } from '@gospelib/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../migration/migrate.ts';
import { connectDatabase } from '../pool/database.ts';
import {
  contentsOf,
  type SampleDatabase,
  type SampleServer,
  servicePassword,
  startSampleServer,
} from '../testing/sample.database.ts';
import { backupDatabase } from './database.backup.ts';
import { databaseOf, withDatabase } from './database.names.ts';
import { compareWithBackup, restoreDatabase } from './database.restore.ts';
import { dropRetained, listRetained, reinstateRetained } from './database.retained.ts';

let server: SampleServer;
let sample: SampleDatabase;
let manifest: BackupManifest;
let before: string[];

beforeAll(async () => {
  server = await startSampleServer();
  sample = await server.openSample();
  before = await contentsOf(sample);
  manifest = await backupDatabase(sample.source, sample.backups, {
    scratch: server.scratch,
  });
});
afterAll(async () => {
  sample.close();
  await server.stop();
});

const restore = (options = {}) =>
  restoreDatabase(sample.source, sample.backups, manifest.id, options);
const databases = async (): Promise<unknown[]> =>
  (await sample.query('SELECT datname FROM pg_database ORDER BY 1')).map(({ datname }) => datname);

describe('copy', () => {
  it('is the same to the last value, rules and rights included', async () => {
    expect(await restore({ into: 'copy' })).toMatchObject({ database: 'copy', rows: 6020 });
    const url = withDatabase(sample.url, 'copy');
    expect(await contentsOf(sample, url)).toEqual(before);
    // New rows: the identity continues, the trigger works, the generated column is computed.
    const [shelf] = await sample.query(
      "INSERT INTO shelves (label) VALUES ('new') RETURNING id",
      [],
      url,
    );
    expect(shelf?.id).toBe(21);
    await sample.query("INSERT INTO books (id, shelf, title) VALUES (9001, 21, 'faith')", [], url);
    const [found] = await sample.query(
      "SELECT count(*)::int AS n FROM archive JOIN books ON id = book WHERE search @@ 'faith' AND id = 9001",
      [],
      url,
    );
    expect(found?.n).toBe(1);
    const service = connectDatabase({
      url: withDatabase(sample.serviceUrl, 'copy'),
      schema: 'library',
      application: 'test',
      connectTimeout: 30_000,
    });
    // Row security applies, and the service still may not change the archive.
    const [seen] = await service.query<{ n: number }>(
      'count',
      'SELECT count(*)::int AS n FROM books WHERE price >= 100',
    );
    expect(seen?.n).toBe(0);
    await expect(service.query('delete', 'DELETE FROM archive')).rejects.toMatchObject({
      code: '42501',
    });
    await service.close();
    expect(await contentsOf(sample)).toEqual(before);
  });

  it.each(['copy', 'postgres', 'Bad Name', 'x; DROP DATABASE postgres'])(
    'refuses the name %s before anything is made',
    async (into) => {
      const there = await databases();
      await expect(restore({ into })).rejects.toMatchObject({ name: 'RestoreRefusedError' });
      expect(await databases()).toEqual(there);
    },
  );

  it('refuses what is no backup of the database', async () => {
    const id = 'database-20000101T000000Z-0000';
    await expect(restoreDatabase(sample.source, sample.backups, id)).rejects.toMatchObject({
      name: 'RestoreRefusedError',
    });
  });
});

describe('in the place of the live database', () => {
  it('under a service that goes on writing; what stood there is kept, and can come back', async () => {
    const service = connectDatabase({
      url: sample.serviceUrl,
      schema: 'library',
      application: 'test',
      connectTimeout: 30_000,
    });
    await sample.query('DROP TABLE archive CASCADE; DELETE FROM books WHERE id > 100');
    const { tables } = await compareWithBackup(sample.source, manifest);
    expect(tables.filter(({ same }) => !same)).toEqual([
      { table: 'library.archive', backup: 3000, now: undefined, same: false },
      { table: 'library.books', backup: 3000, now: 100, same: false },
    ]);

    let going = true;
    let served = 0;
    const faults: unknown[] = [];
    const readers = Array.from({ length: 4 }, async () => {
      while (going) {
        await service.query('read', 'SELECT count(*) FROM shelves').then(
          () => {
            served += 1;
          },
          (error: unknown) => faults.push(error),
        );
      }
    });
    const restored = await restore();
    // Most of it goes on meanwhile.
    expect(served).toBeGreaterThan(faults.length);
    const [count] = await service.query<{ n: number }>(
      'count',
      'SELECT count(*)::int AS n FROM archive',
    );
    expect(count?.n).toBe(3000);
    going = false;
    await Promise.all(readers);
    await service.close();
    // Queries running at that moment failed as unavailable, which callers repeat.
    expect(faults.filter((error) => (error as Error).name !== 'StoreUnavailableError')).toEqual([]);
    expect(restored.unavailableMs).toBeGreaterThan(0);
    expect(await contentsOf(sample)).toEqual(before);

    const [retained, ...others] = await listRetained(sample.url);
    expect(others).toEqual([]);
    expect(retained).toMatchObject({
      name: restored.retained,
      why: `Replaced by the restore of ${manifest.id}`,
    });
    const back = await reinstateRetained(sample.url, retained?.name ?? '');
    expect(back.retained).not.toBe(retained?.name);
    expect(await sample.query('SELECT count(*)::int AS n FROM books')).toEqual([{ n: 100 }]);
    await reinstateRetained(sample.url, back.retained ?? '');
    expect(await contentsOf(sample)).toEqual(before);
    for (const { name } of await listRetained(sample.url)) await dropRetained(sample.url, name);
    expect(await listRetained(sample.url)).toEqual([]);
    await expect(dropRetained(sample.url, 'postgres')).rejects.toMatchObject({
      name: 'RestoreRefusedError',
    });
  });

  it('never where others live in it', async () => {
    await sample.query('CREATE SCHEMA neighbour; CREATE TABLE neighbour.things (id int)');
    const there = await databases();
    await expect(restore()).rejects.toMatchObject({
      name: 'RestoreRefusedError',
      message: expect.stringContaining('schema neighbour'),
    });
    expect(await databases()).toEqual(there);
    await sample.query('DROP SCHEMA neighbour CASCADE');
  });

  it('with the collation that it has', async () => {
    const name = 'collated';
    await sample.query(
      `CREATE DATABASE ${name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'und'`,
    );
    const url = withDatabase(sample.url, name);
    await restoreDatabase({ ...sample.source, url }, sample.backups, manifest.id);
    const collation =
      'SELECT datlocprovider::text AS provider FROM pg_database WHERE datname = current_database()';
    expect(await sample.query(collation, [], url)).toEqual([{ provider: 'i' }]);
    expect(await contentsOf(sample, url)).toEqual(before);
  });

  it('clears what a killed restore left, and one at a time', async () => {
    await sample.query(`CREATE DATABASE ${databaseOf(sample.url)}_restore_20000101t000000z`);
    const outcomes = await Promise.allSettled([restore(), restore()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await databases()).filter((name) => String(name).includes('_restore_'))).toEqual([]);
    expect(await contentsOf(sample)).toEqual(before);
  });
});

it('of tables that refer to each other in a circle', async () => {
  const own = await server.openSample();
  try {
    const [schema] = own.source.schemas;
    if (schema === undefined) throw new Error('no schema');
    const statements = '-- @reversible yes\n-- @down-loses every favourite\n';
    writeFileSync(
      join(schema.folder, '0003_favourite.up.sql'),
      `${statements}ALTER TABLE shelves ADD favourite bigint REFERENCES books;`,
    );
    writeFileSync(
      join(schema.folder, '0003_favourite.down.sql'),
      'ALTER TABLE shelves DROP favourite;',
    );
    await migrate({ ...schema, url: own.url });
    await own.query('UPDATE shelves SET favourite = id * 3');
    const rows = await contentsOf(own);
    const { id } = await backupDatabase(own.source, own.backups, { scratch: server.scratch });
    await restoreDatabase(own.source, own.backups, id);
    expect(await contentsOf(own)).toEqual(rows);
    await expect(own.query('UPDATE shelves SET favourite = -1')).rejects.toMatchObject({
      code: '23503',
    });
  } finally {
    own.close();
  }
});

it('on a server that never knew these roles', async () => {
  const fresh = await startTestPostgres();
  try {
    const { retained } = await restoreDatabase(
      { ...sample.source, url: fresh.url },
      sample.backups,
      manifest.id,
      {
        passwords: { library: servicePassword },
      },
    );
    expect(await contentsOf(sample, fresh.url)).toEqual(before);
    expect(retained).toBeDefined();
    const url = new URL(sample.serviceUrl);
    url.port = String(fresh.port);
    url.pathname = new URL(fresh.url).pathname;
    const service = connectDatabase({
      url: url.href,
      schema: 'library',
      application: 'test',
      connectTimeout: 30_000,
    });
    await expect(service.requireMigration('0002_colour')).resolves.toBeUndefined();
    await service.close();
  } finally {
    await fresh.stop();
  }
});

it('by an owner who is no superuser, under a service that is connected', async () => {
  const fresh = await startTestPostgres();
  try {
    const asked = "SELECT current_setting('is_superuser') AS super";
    expect(await sample.query(asked, [], fresh.url)).toEqual([{ super: 'off' }]);
    const url = new URL(withDatabase(fresh.url, 'kept'));
    const options = { passwords: { library: servicePassword } };
    await restoreDatabase(
      { ...sample.source, url: url.href },
      sample.backups,
      manifest.id,
      options,
    );
    const service = new URL(url);
    [service.username, service.password] = ['library_service', servicePassword];
    const pool = connectDatabase({
      url: service.href,
      schema: 'library',
      application: 'test',
      connectTimeout: 30_000,
    });
    await pool.ping();
    const { retained } = await restoreDatabase(
      { ...sample.source, url: url.href },
      sample.backups,
      manifest.id,
      options,
    );
    expect(retained).toBeDefined();
    await expect(pool.requireMigration('0002_colour')).resolves.toBeUndefined();
    await pool.close();
    expect(await contentsOf(sample, url.href)).toEqual(before);
    const source = { ...sample.source, url: url.href };
    const own = await backupDatabase(source, sample.backups, { scratch: server.scratch });
    expect(own.verified).toBeDefined();
  } finally {
    await fresh.stop();
  }
});
