import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { compareShape } from '../shape/schema.shape.ts';
import { headlines } from '../shape/shape.difference.ts';
import {
  contentsOf,
  type SampleDatabase,
  type SampleServer,
  startSampleServer,
} from '../testing/sample.database.ts';
import { replayDefinitions } from './definitions.replay.ts';

let server: SampleServer;
let sample: SampleDatabase;

beforeAll(async () => {
  server = await startSampleServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  sample = await server.openSample();
  return () => sample.close();
});

const found = async () => headlines(await compareShape(sample.target)).map(({ says }) => says);

const off = async () => (await found()).sort();

/** What somebody types who should not, and what must be said of it. */
const damages: Readonly<Record<string, string>> = {
  // rows that more, or fewer, may see
  'ALTER TABLE books DISABLE ROW LEVEL SECURITY': 'row security of library.books is off',
  'ALTER TABLE archive ENABLE ROW LEVEL SECURITY':
    'row security of library.archive is on, which no migration sets',
  'ALTER TABLE archive FORCE ROW LEVEL SECURITY':
    'row security of library.archive binds its owner, against the migrations',
  'ALTER POLICY cheap ON books USING (true)':
    'policy cheap on library.books differs from what the migrations define',
  'CREATE POLICY open ON books USING (true)':
    'policy open on library.books was added, which no migration makes',
  // rights
  'REVOKE SELECT, INSERT ON books FROM library_service':
    'role library_service may not read, insert into library.books',
  'REVOKE USAGE ON SCHEMA library FROM library_service':
    'role library_service may not use schema library',
  'REVOKE USAGE ON SEQUENCE shelves_id_seq FROM library_service':
    'role library_service may not use library.shelves_id_seq',
  'REVOKE EXECUTE ON FUNCTION archive_book() FROM PUBLIC':
    'everybody may not run library.archive_book()',
  'REVOKE SELECT ON archive FROM CURRENT_USER': 'its owner may not read library.archive',
  'GRANT SELECT ON shelves TO PUBLIC':
    'everybody may read library.shelves, which no migration grants',
  'GRANT SELECT (title) ON books TO PUBLIC':
    'everybody may read library.books.title, which no migration grants',
  'GRANT DELETE ON archive TO library_service':
    'role library_service may delete from library.archive, which no migration grants',
  'GRANT INSERT ON archive TO library_service WITH GRANT OPTION':
    'role library_service may allow others to insert into library.archive, which no migration grants',
  'ALTER DEFAULT PRIVILEGES IN SCHEMA library REVOKE SELECT ON TABLES FROM library_service':
    'role library_service may not read future tables of schema library',
  'ALTER DEFAULT PRIVILEGES IN SCHEMA library GRANT SELECT ON TABLES TO PUBLIC':
    'everybody may read future tables of schema library, which no migration grants',
  'ALTER ROLE library_service CREATEDB': 'role library_service may create databases',
  'CREATE ROLE auditors; GRANT auditors TO library_service':
    'role library_service has the rights of auditors, too',
  // what runs at a write
  'ALTER TABLE books DISABLE TRIGGER book_added': 'trigger book_added on library.books is disabled',
  'CREATE TRIGGER twice AFTER INSERT ON books FOR EACH ROW EXECUTE FUNCTION archive_book()':
    'trigger twice on library.books was added, which no migration makes',
  'CREATE RULE silent AS ON INSERT TO archive DO INSTEAD NOTHING':
    'rule silent on library.archive was added, which no migration makes',
  'CREATE OR REPLACE FUNCTION archive_book() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$':
    'function library.archive_book() differs from what the migrations define',
  // what may be written
  'ALTER TABLE books DROP CONSTRAINT books_shelf_fkey':
    'constraint books_shelf_fkey on library.books is missing',
  'ALTER TABLE books DROP CONSTRAINT books_pkey':
    'constraint books_pkey on library.books is missing',
  'ALTER TABLE books ADD CONSTRAINT few CHECK (id < 5000)':
    'constraint few on library.books was added, which no migration makes',
  'ALTER TABLE shelves ALTER label DROP NOT NULL': 'column library.shelves.label may be NULL',
  'ALTER TABLE books ALTER price SET NOT NULL':
    'column library.books.price must not be NULL, which no migration demands',
  'ALTER TABLE books ALTER added_at DROP DEFAULT':
    'the default of column library.books.added_at is missing instead of now()',
  'ALTER TABLE books ALTER about TYPE text':
    'column library.books.about is of type text instead of jsonb',
  'ALTER TABLE books ADD extra int; UPDATE books SET extra = 1; ALTER TABLE books ALTER extra SET NOT NULL':
    'column library.books.extra, which no migration makes, refuses every row without it',
  // what carries it
  'ALTER TABLE archive SET UNLOGGED':
    'table library.archive is unlogged: a crash of PostgreSQL would empty it',
  'ALTER TABLE books DROP search': 'column library.books.search is missing',
  'DROP INDEX books_price': 'index library.books_price is missing',
  'DROP VIEW labels': 'view library.labels is missing',
};

it('names everything that is off, each by its name, and makes it as the migrations define it', async () => {
  expect(await off()).toEqual([]);
  const before = await contentsOf(sample);
  for (const sql of Object.keys(damages)) await sample.query(sql);
  const named = Object.values(damages).sort();
  expect(await off()).toEqual(named);
  const { replayed, left } = await replayDefinitions(sample.target);
  expect(left).toEqual([]);
  expect(replayed.sort()).toEqual(named);
  expect(await off()).toEqual([]);
  await sample.query('ALTER TABLE books DROP extra');
  expect(await contentsOf(sample)).toEqual(before);
  // and it works again: the trigger archives what the service adds, and only once
  await sample.query(
    'INSERT INTO books (id, shelf, price) VALUES (9000, 1, 2)',
    [],
    sample.serviceUrl,
  );
  expect(await sample.count('archive WHERE book = 9000')).toBe(1);
});

it('mends owners, identities, keys that were not checked and a function that is gone', async () => {
  await sample.query(`
    GRANT library_service TO CURRENT_USER; GRANT CREATE ON SCHEMA library TO library_service;
    ALTER TABLE archive OWNER TO library_service;
    ALTER FUNCTION archive_book() OWNER TO library_service;
    ALTER SCHEMA library OWNER TO library_service;
    ALTER TABLE shelves ALTER id DROP IDENTITY;
    ALTER TABLE books DROP CONSTRAINT books_shelf_fkey;
    ALTER TABLE books ADD CONSTRAINT books_shelf_fkey FOREIGN KEY (shelf) REFERENCES shelves NOT VALID`);
  expect(await off()).toEqual(
    expect.arrayContaining([
      'schema library belongs to library_service instead of the owner of the database',
      'table library.archive belongs to library_service instead of the owner of the database',
      'function library.archive_book() belongs to library_service instead of the owner of the database',
      'column library.shelves.id does not count by itself any more',
      'constraint books_shelf_fkey on library.books was not validated: rows may break it',
    ]),
  );
  await replayDefinitions(sample.target);
  expect(await off()).toEqual([]);
  await sample.query("INSERT INTO shelves (label) VALUES ('next')");
  expect(await sample.count("shelves WHERE id = 21 AND label = 'next'")).toBe(1);
  await sample.query('DROP FUNCTION archive_book() CASCADE');
  expect(await off()).toEqual([
    'function library.archive_book() is missing',
    'trigger book_added on library.books is missing',
  ]);
  await replayDefinitions(sample.target);
  expect(await off()).toEqual([]);
});

it('leaves out what PostgreSQL refuses, says so, and does the rest', async () => {
  await sample.query(`ALTER TABLE shelves ALTER label DROP NOT NULL;
    INSERT INTO shelves (label) VALUES (NULL); REVOKE SELECT ON books FROM library_service`);
  const { replayed, left } = await replayDefinitions(sample.target);
  expect(replayed).toEqual(['role library_service may not read library.books']);
  expect(left).toEqual([
    {
      says: 'column library.shelves.label may be NULL',
      reason: 'column "label" of relation "shelves" contains null values',
    },
  ]);
});
