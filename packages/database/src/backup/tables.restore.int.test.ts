import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { compareShape } from '../shape/schema.shape.ts';
import {
  type SampleDatabase,
  type SampleServer,
  startSampleServer,
} from '../testing/sample.database.ts';
import { backupDatabase } from './database.backup.ts';
import { listRetained } from './database.retained.ts';
import { restoreTables } from './tables.restore.ts';

let server: SampleServer;
let sample: SampleDatabase;
let id: string;

beforeAll(async () => {
  server = await startSampleServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  sample = await server.openSample();
  const { source, backups } = sample;
  ({ id } = await backupDatabase(source, backups, { scratch: server.scratch }));
  return () => sample.close();
});

const restore = (...lost: string[]) => restoreTables(sample.source, sample.backups, id, lost);
const count = async (table: string) =>
  Number((await sample.query(`SELECT count(*) AS n FROM ${table}`))[0]?.n);
const isWhole = async () => {
  const { url, source } = sample;
  const [schema] = source.schemas;
  if (schema === undefined) throw new Error('it has a schema');
  return compareShape({ ...schema, url });
};

it('brings a dropped table back and keeps what was written to the others since', async () => {
  await sample.query("INSERT INTO shelves (label) VALUES ('new')");
  await sample.query('DELETE FROM archive WHERE book <= 10');
  await sample.query('DROP TABLE books');
  const done = await restore('library.books');
  expect(done).toMatchObject({ from: id, tables: ['library.books'] });
  expect([await count('books'), await count('shelves'), await count('archive')]).toEqual([
    3000, 21, 2990,
  ]);
  expect(await isWhole()).toEqual([]);
  // Triggers, sequences and grants are as the migrations make them.
  await sample.query("INSERT INTO shelves (label) VALUES ('next')");
  await sample.query("INSERT INTO books (id, shelf, title) VALUES (9999, 22, 'x')");
  expect(await count('archive')).toBe(2991);
  const asService = sample.query('DELETE FROM archive', [], sample.serviceUrl);
  await expect(asService).rejects.toThrow('permission denied');
  const [retained] = await listRetained(sample.url);
  expect(retained?.name).toBe(done.retained);
});

it('takes what belongs to a lost table from the backup, too', async () => {
  await sample.query("INSERT INTO books (id, shelf, title) VALUES (9999, 1, 'later')");
  await sample.query('DROP TABLE shelves CASCADE');
  const { tables } = await restore('library.shelves');
  expect(tables).toEqual(['library.shelves', 'library.books']);
  expect([await count('shelves'), await count('books')]).toEqual([20, 3000]);
  expect(await isWhole()).toEqual([]);
});

it('leaves out rows whose owner was deleted since', async () => {
  await sample.query('DELETE FROM books WHERE shelf = 3');
  await sample.query('DELETE FROM shelves WHERE id = 3');
  await sample.query('DROP TABLE books');
  await restore('library.books');
  expect(await count('books')).toBe(2850);
});

it('changes nothing when another table is missing as well', async () => {
  await sample.query('DROP TABLE books; DROP TABLE archive');
  await expect(restore('library.books')).rejects.toThrow('library.archive is missing, too');
  expect(await count('shelves')).toBe(20);
  expect(await listRetained(sample.url)).toEqual([]);
  await restore('library.books', 'library.archive');
  expect(await isWhole()).toEqual([]);
});

it('loses nothing that was acknowledged to those who write to other tables meanwhile', async () => {
  await sample.query('DROP TABLE books');
  const acknowledged: string[] = [];
  let going = true;
  let broken = 0;
  const writer = async (name: string) => {
    let client: pg.Client | undefined;
    for (let i = 0; going; i += 1) {
      const label = `${name} ${i}`;
      try {
        if (client === undefined) {
          client = new pg.Client(sample.url);
          client.on('error', () => undefined);
          await client.connect();
        }
        await client.query('INSERT INTO library.shelves (label) VALUES ($1)', [label]);
        acknowledged.push(label);
      } catch {
        broken += 1;
        client = undefined;
        await sleep(5);
      }
    }
    await client?.end();
  };
  const writers = Promise.all(['a', 'b', 'c', 'd'].map(writer));
  const writtenSince = (start: number) =>
    expect.poll(() => acknowledged.length).toBeGreaterThan(start + 25);
  await writtenSince(0);
  await restore('library.books');
  await writtenSince(acknowledged.length);
  going = false;
  await writers;
  const kept = new Set((await sample.query('SELECT label FROM shelves')).map(({ label }) => label));
  expect(acknowledged.filter((label) => !kept.has(label))).toEqual([]);
  expect(broken).toBeGreaterThan(0);
});
