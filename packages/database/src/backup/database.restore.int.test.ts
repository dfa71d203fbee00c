import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupManifest } from '@gospelib/backup';
import { startTestPostgres } from '@gospelib/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../migration/migrate.ts';
import { connectDatabase } from '../pool/database.ts';
import {
  contentsOf,
  type Library,
  type LibraryServer,
  servicePassword,
  startLibraryServer,
} from '../test/library.ts';
import { dropAside, listAside, putBack } from './database.aside.ts';
import { backupDatabase } from './database.backup.ts';
import { databaseOf, withDatabase } from './database.names.ts';
import { compareWithBackup, restoreDatabase } from './database.restore.ts';

let server: LibraryServer;
let library: Library;
let manifest: BackupManifest;
let before: string[];

beforeAll(async () => {
  server = await startLibraryServer();
  library = await server.openLibrary();
  before = await contentsOf(library);
  manifest = await backupDatabase(library.source, library.backups, {
    scratch: server.scratch,
  });
});
afterAll(async () => {
  library.close();
  await server.stop();
});

const restore = (options = {}) =>
  restoreDatabase(library.url, library.backups, manifest.id, options);
const databases = async (): Promise<unknown[]> =>
  (await library.query('SELECT datname FROM pg_database ORDER BY 1')).map(({ datname }) => datname);

describe('beside', () => {
  it('is the same to the last value, rules and rights included', async () => {
    expect(await restore({ into: 'beside' })).toMatchObject({ database: 'beside', rows: 6020 });
    const url = withDatabase(library.url, 'beside');
    expect(await contentsOf(library, url)).toEqual(before);
    // The next ones: an identity goes on, a trigger works, a generated column is made.
    const [shelf] = await library.query(
      "INSERT INTO shelves (label) VALUES ('new') RETURNING id",
      [],
      url,
    );
    expect(shelf?.id).toBe(21);
    await library.query("INSERT INTO books (id, shelf, title) VALUES (9001, 21, 'faith')", [], url);
    const [found] = await library.query(
      "SELECT count(*)::int AS n FROM archive JOIN books ON id = book WHERE search @@ 'faith' AND id = 9001",
      [],
      url,
    );
    expect(found?.n).toBe(1);
    const service = connectDatabase({
      url: withDatabase(library.serviceUrl, 'beside'),
      schema: 'library',
      application: 'test',
    });
    // Row security holds, and the service still may not change the archive.
    const [seen] = await service.query<{ n: number }>(
      'count',
      'SELECT count(*)::int AS n FROM books WHERE price >= 100',
    );
    expect(seen?.n).toBe(0);
    await expect(service.query('delete', 'DELETE FROM archive')).rejects.toMatchObject({
      code: '42501',
    });
    await service.close();
    expect(await contentsOf(library)).toEqual(before);
  });

  it.each(['beside', 'postgres', 'Bad Name', 'x; DROP DATABASE postgres'])(
    'refuses the name %s before anything is made',
    async (into) => {
      const there = await databases();
      await expect(restore({ into })).rejects.toMatchObject({ name: 'RestoreRefusedError' });
      expect(await databases()).toEqual(there);
    },
  );

  it('refuses what is no backup of the database', async () => {
    const id = 'database-20000101T000000Z-0000';
    await expect(restoreDatabase(library.url, library.backups, id)).rejects.toMatchObject({
      name: 'RestoreRefusedError',
    });
  });
});

describe('in the place of the live database', () => {
  it('under a service that goes on writing; what stood there is kept, and can come back', async () => {
    const service = connectDatabase({
      url: library.serviceUrl,
      schema: 'library',
      application: 'test',
    });
    await library.query('DROP TABLE archive CASCADE; DELETE FROM books WHERE id > 100');
    const { tables } = await compareWithBackup(library.source, manifest);
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
    // Most of it goes on beside them.
    expect(served).toBeGreaterThan(faults.length);
    const [count] = await service.query<{ n: number }>(
      'count',
      'SELECT count(*)::int AS n FROM archive',
    );
    expect(count?.n).toBe(3000);
    going = false;
    await Promise.all(readers);
    await service.close();
    // Those under way at that moment were told that the store is away, which callers repeat.
    expect(faults.filter((error) => (error as Error).name !== 'StoreUnavailableError')).toEqual([]);
    expect(restored.unavailableMs).toBeGreaterThan(0);
    expect(await contentsOf(library)).toEqual(before);

    const [aside, ...others] = await listAside(library.url);
    expect(others).toEqual([]);
    expect(aside).toMatchObject({
      name: restored.aside,
      why: `Set aside by the restore of ${manifest.id}`,
    });
    const back = await putBack(library.url, aside?.name ?? '');
    expect(back.aside).not.toBe(aside?.name);
    expect(await library.query('SELECT count(*)::int AS n FROM books')).toEqual([{ n: 100 }]);
    await putBack(library.url, back.aside ?? '');
    expect(await contentsOf(library)).toEqual(before);
    for (const { name } of await listAside(library.url)) await dropAside(library.url, name);
    expect(await listAside(library.url)).toEqual([]);
    await expect(dropAside(library.url, 'postgres')).rejects.toMatchObject({
      name: 'RestoreRefusedError',
    });
  });

  it('never where others live in it', async () => {
    await library.query('CREATE SCHEMA neighbour; CREATE TABLE neighbour.things (id int)');
    const there = await databases();
    await expect(restore()).rejects.toMatchObject({
      name: 'RestoreRefusedError',
      message: expect.stringContaining('schema neighbour'),
    });
    expect(await databases()).toEqual(there);
    await library.query('DROP SCHEMA neighbour CASCADE');
  });

  it('with the collation that it has', async () => {
    const name = 'collated';
    await library.query(
      `CREATE DATABASE ${name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'und'`,
    );
    const url = withDatabase(library.url, name);
    await restoreDatabase(url, library.backups, manifest.id);
    const collation =
      'SELECT datlocprovider::text AS provider FROM pg_database WHERE datname = current_database()';
    expect(await library.query(collation, [], url)).toEqual([{ provider: 'i' }]);
    expect(await contentsOf(library, url)).toEqual(before);
  });

  it('clears what a killed restore left, and one at a time', async () => {
    await library.query(`CREATE DATABASE ${databaseOf(library.url)}_restore_20000101t000000z`);
    const outcomes = await Promise.allSettled([restore(), restore()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await databases()).filter((name) => String(name).includes('_restore_'))).toEqual([]);
    expect(await contentsOf(library)).toEqual(before);
  });
});

it('of tables that refer to each other in a circle', async () => {
  const own = await server.openLibrary();
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
    await restoreDatabase(own.url, own.backups, id);
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
    const { aside } = await restoreDatabase(fresh.url, library.backups, manifest.id, {
      passwords: { library: servicePassword },
    });
    expect(await contentsOf(library, fresh.url)).toEqual(before);
    expect(aside).toBeDefined();
    const url = new URL(library.serviceUrl);
    url.port = String(fresh.port);
    url.pathname = new URL(fresh.url).pathname;
    const service = connectDatabase({ url: url.href, schema: 'library', application: 'test' });
    await expect(service.requireMigration('0002_colour')).resolves.toBeUndefined();
    await service.close();
  } finally {
    await fresh.stop();
  }
});

it('by an owner who is no superuser, under a service that is connected', async () => {
  const fresh = await startTestPostgres();
  try {
    await library.query(
      `CREATE ROLE keeper LOGIN PASSWORD 'keeper secret' CREATEDB CREATEROLE IN ROLE pg_signal_backend`,
      [],
      fresh.url,
    );
    await library.query('CREATE DATABASE kept OWNER keeper', [], fresh.url);
    const url = new URL(withDatabase(fresh.url, 'kept'));
    [url.username, url.password] = ['keeper', 'keeper secret'];
    const options = { passwords: { library: servicePassword } };
    await restoreDatabase(url.href, library.backups, manifest.id, options);
    const service = new URL(url);
    [service.username, service.password] = ['library_service', servicePassword];
    const pool = connectDatabase({ url: service.href, schema: 'library', application: 'test' });
    await pool.ping();
    const { aside } = await restoreDatabase(url.href, library.backups, manifest.id, options);
    expect(aside).toBeDefined();
    await expect(pool.requireMigration('0002_colour')).resolves.toBeUndefined();
    await pool.close();
    expect(await contentsOf(library, url.href)).toEqual(before);
    const source = { ...library.source, url: url.href };
    const own = await backupDatabase(source, library.backups, { scratch: server.scratch });
    expect(own.verified).toBeDefined();
  } finally {
    await fresh.stop();
  }
});
