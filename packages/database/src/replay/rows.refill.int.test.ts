import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { takeDatabaseBackup } from '../backup/database.backup.ts';
import { countRows } from '../shape/schema.content.ts';
import { compareShape } from '../shape/schema.shape.ts';
import {
  contentsOf,
  type SampleDatabase,
  type SampleServer,
  startSampleServer,
} from '../testing/sample.database.ts';
import { openBackupRows } from './backup.rows.ts';
import { replayDefinitions } from './definitions.replay.ts';
import { mergeRows } from './rows.merge.ts';
import type { RefillRules } from './rows.refill.ts';

let server: SampleServer;
let sample: SampleDatabase;
let id: string;

beforeAll(async () => {
  server = await startSampleServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  sample = await server.openSample();
  ({ id } = await takeDatabaseBackup(sample.source, sample.backups));
  return () => sample.close();
});

const replay = async (rules?: RefillRules) => {
  const rows = await openBackupRows(sample.backups, id);
  return replayDefinitions(sample.target, { rows, ...(rules && { rules }) });
};

it('makes a dropped table again from the backup, and touches no row of the others', async () => {
  await sample.query("INSERT INTO shelves (label) VALUES ('new')");
  await sample.query('DELETE FROM archive WHERE book <= 10');
  await sample.query('DROP TABLE books');
  const { refills, left, replayed } = await replay();
  expect(left).toEqual([]);
  expect(replayed).toContain('table library.books is missing');
  expect(refills).toMatchObject([{ table: 'library.books', refilled: 3000 }]);
  // The trigger is made after the rows: the archive did not grow.
  expect([
    await sample.count('books'),
    await sample.count('shelves'),
    await sample.count('archive'),
  ]).toEqual([3000, 21, 2990]);
  expect(await compareShape(sample.target)).toEqual([]);
  await sample.query("INSERT INTO books (id, shelf, title) VALUES (9999, 21, 'x')");
  expect(await sample.count('archive')).toBe(2991);
  const asService = sample.query('DELETE FROM archive', [], sample.serviceUrl);
  await expect(asService).rejects.toThrow('permission denied');
});

it('keeps what refers to a dropped table and is newer than the backup', async () => {
  await sample.query("INSERT INTO books (id, shelf, title) VALUES (9999, 1, 'later')");
  await sample.query('DROP TABLE shelves CASCADE');
  const { left, orphans } = await replay();
  expect([left, orphans]).toEqual([[], []]);
  expect([await sample.count('shelves'), await sample.count('books')]).toEqual([20, 3001]);
  expect(await compareShape(sample.target)).toEqual([]);
  await sample.query("INSERT INTO shelves (label) VALUES ('next')");
  expect(await sample.count('shelves WHERE id = 21')).toBe(1);
});

it('adds to emptied tables what is gone, beside what was written since', async () => {
  await sample.query('TRUNCATE books');
  await sample.query("INSERT INTO shelves (label) VALUES ('new')");
  await sample.query(
    "INSERT INTO books (id, shelf, title) VALUES (7, 21, 'other'), (9999, 21, 'x')",
  );
  await sample.query('DELETE FROM shelves WHERE id = 3');
  await sample.query('CREATE TABLE gone (person bigint); INSERT INTO gone VALUES (41), (43)');
  const tables = ['shelves', 'books', 'nothing'];
  const merge = async () =>
    mergeRows(sample.target, ['books'], await openBackupRows(sample.backups, id), {
      empty: [],
      deleted: { table: 'library.gone', column: 'person' },
      owners: { 'library.books': 'id' },
    });
  // Not what lies there, nor 150 books of the shelf that is gone, nor two whose end is recorded.
  expect((await merge()).merged).toEqual([{ table: 'library.books', rows: 2847 }]);
  expect(await countRows(sample.url, 'library', tables)).toEqual({ shelves: 20, books: 2849 });
  expect(await sample.count("books WHERE id = 7 AND title = 'other'")).toBe(1);
  expect((await merge()).merged).toEqual([{ table: 'library.books', rows: 0 }]);
});

it('lets nothing rise again whose end is recorded', async () => {
  await sample.query('DELETE FROM books WHERE shelf = 3');
  await sample.query('DELETE FROM shelves WHERE id = 3');
  await sample.query('CREATE TABLE gone (person bigint); INSERT INTO gone VALUES (41), (42)');
  await sample.query('DROP TABLE books; DROP TABLE archive');
  const { refills, orphans } = await replay({
    empty: ['library.archive'],
    deleted: { table: 'library.gone', column: 'person' },
    owners: { 'library.books': 'id' },
  });
  expect(refills).toMatchObject([
    { table: 'library.archive', refilled: 0, empty: expect.stringContaining('ended since') },
    { table: 'library.books', refilled: 2998 },
  ]);
  expect(orphans).toEqual([{ table: 'library.books', rows: 149 }]);
  expect([await sample.count('books'), await sample.count('archive')]).toEqual([2849, 0]);
  expect(await sample.count('books WHERE id IN (41, 42)')).toBe(0);
  expect(await compareShape(sample.target)).toEqual([]);
});

it('refills a lost column by its key while others write, and counts what it cannot know', async () => {
  const titles = (where: string) =>
    sample.query(`SELECT title FROM books WHERE ${where} ORDER BY id`);
  const before = await titles('id <= 3000');
  await sample.query("INSERT INTO books (id, shelf, title) VALUES (9999, 1, 'later')");
  await sample.query('UPDATE books SET price = 50 WHERE id = 1');
  await sample.query(
    'ALTER TABLE books DROP title CASCADE; ALTER TABLE shelves DROP label CASCADE',
  );
  await sample.query('INSERT INTO shelves DEFAULT VALUES');
  let acknowledged = 0;
  let going = true;
  const writer = (async () => {
    for (let next = 10_000; going; next += 1) {
      await sample.query('INSERT INTO books (id, shelf) VALUES ($1, 1)', [next]).then(
        () => {
          acknowledged += 1;
        },
        () => sleep(2), // the trigger needs the column: refused while it is gone
      );
    }
  })();
  const { refills, left } = await replay();
  await expect.poll(() => acknowledged).toBeGreaterThan(3);
  going = false;
  await writer;
  expect(left).toEqual([]);
  expect(refills).toMatchObject([
    {
      table: 'library.books',
      column: 'title',
      refilled: 3000,
      unknown: 1,
      instead: 'NULL',
      outdated: 1,
    },
    { table: 'library.shelves', column: 'label', refilled: 20, unknown: 1, instead: "''" },
  ]);
  expect(await titles('id <= 3000')).toEqual(before);
  expect(await sample.count('books WHERE id >= 10000')).toBe(acknowledged);
  expect(await compareShape(sample.target)).toEqual([]);
});

it('finds rows without their key by all that is left of them', async () => {
  await sample.query("INSERT INTO books (id, shelf, title) VALUES (9999, 1, 'later')");
  await sample.query('ALTER TABLE books DROP id');
  const { refills, left } = await replay();
  expect(refills).toMatchObject([{ column: 'id', refilled: 3000, unknown: 1, instead: 'NULL' }]);
  // The one that was made since has no number any more: a person gives it one.
  expect(left.map(({ says }) => says).sort()).toEqual([
    'column library.books.id is missing',
    'constraint books_pkey on library.books is missing',
  ]);
  await sample.query('UPDATE books SET id = 9999 WHERE id IS NULL');
  expect((await replay()).left).toEqual([]);
  expect(await compareShape(sample.target)).toEqual([]);
});

it('makes a schema again that is gone, or only its list of migrations', async () => {
  const before = await contentsOf(sample);
  await sample.query("INSERT INTO shelves (label) VALUES ('later')");
  await sample.query('DROP TABLE migrations');
  expect((await replay()).refills).toMatchObject([{ table: 'library.migrations', refilled: 2 }]);
  expect(await sample.count('shelves')).toBe(21);
  await sample.query('DROP SCHEMA library CASCADE');
  expect((await replay()).left).toEqual([]);
  expect(await contentsOf(sample)).toEqual(before);
  expect(await compareShape(sample.target)).toEqual([]);
  await sample.query("INSERT INTO migrations (name, run_on) VALUES ('0003_more', now())");
  expect(await sample.count('migrations WHERE id = 3')).toBe(1);
});

it('changes nothing with a damaged backup, and makes nothing empty without one', async () => {
  await sample.query(
    'DROP TABLE books; ALTER TABLE shelves DISABLE TRIGGER ALL, ALTER label DROP NOT NULL',
  );
  const folder = join(sample.folder, 'backups', id);
  const file = readdirSync(folder).find((name) => name.includes('books')) ?? '';
  writeFileSync(join(folder, file), 'rot');
  await expect(replay()).rejects.toThrow();
  expect((await compareShape(sample.target)).length).toBeGreaterThan(2);
  const { left, replayed } = await replayDefinitions(sample.target);
  expect(replayed).toEqual(['column library.shelves.label may be NULL']);
  expect(left[0]).toEqual({
    says: 'table library.books is missing',
    reason: 'there is no backup to fill it from',
  });
});
