import { expect, test } from 'vitest';
import { planned, schema, snapshot, stored } from '../testing/rules.world.ts';
import { findGoneRows, tellGoneRows } from './rows.gone.ts';
import type { StoredDatabase } from './snapshot.types.ts';

const now = new Date('2026-05-03T12:00:00.000Z');
const taken = (createdAt: string, rows: StoredDatabase['rows']): StoredDatabase => ({
  ...stored,
  id: `database-${createdAt.slice(0, 10)}`,
  createdAt,
  rows,
});
const today = '2026-05-03T09:00:00.000Z';
const yesterday = '2026-05-02T09:00:00.000Z';
const lastMonth = '2026-04-03T09:00:00.000Z';

const gone = (rows: Record<string, number>, ...database: StoredDatabase[]) =>
  findGoneRows(
    { schemas: [schema({ rows })] },
    { graph: [], database, unverified: undefined },
    now,
  );

test.each([
  ['an emptied table', { notes: 0 }, [taken(today, { 'study.notes': 372 })], ['study.notes 0/372']],
  ['less than half', { notes: 10 }, [taken(today, { 'study.notes': 21 })], ['study.notes 10/21']],
  ['half of them', { notes: 10 }, [taken(today, { 'study.notes': 20 })], []],
  ['few, which somebody may delete', { notes: 0 }, [taken(today, { 'study.notes': 9 })], []],
  [
    'a backup from after the accident, and one from before',
    { notes: 3 },
    [taken(today, { 'study.notes': 2 }), taken(yesterday, { 'study.notes': 40 })],
    ['study.notes 3/40'],
  ],
  ['a backup of a month ago', { notes: 0 }, [taken(lastMonth, { 'study.notes': 372 })], []],
  ['no backup', { notes: 0 }, [], []],
  ['what expires', { idempotency_keys: 0 }, [taken(today, { 'study.idempotency_keys': 99 })], []],
  ['a table that is not there', {}, [taken(today, { 'study.notes': 372 })], []],
])('%s', (_what, rows, backups, expected) => {
  const found = gone(rows, ...backups).map(({ table, has, had }) => `${table} ${has}/${had}`);
  expect(found).toEqual(expected);
});

test('is a warning where the one reader that there is may have deleted all', () => {
  const backup = taken(today, { 'study.notes': 12, 'accounts.users': 1 });
  const level = (users: number) => {
    const rows = { notes: 0 };
    const schemas = [schema({ rows }), schema({ schema: 'accounts', rows: { users } })];
    const stored = { graph: [], database: [backup], unverified: undefined };
    return findGoneRows({ schemas }, stored, now).map((one) => tellGoneRows(one).level);
  };
  expect([level(1), level(2)]).toEqual([['warning'], ['fault']]);
});

test('is a fault where nothing is left, and a warning where something is', () => {
  const [all, most] = gone(
    { notes: 0, bookmarks: 1 },
    taken(today, { 'study.notes': 1372, 'study.bookmarks': 12 }),
  ).map(tellGoneRows);
  expect(all).toMatchObject({
    level: 'fault',
    text: expect.stringMatching(/^study\.notes has 0 rows, the backup of .* had 1,372\. /),
  });
  expect(most).toMatchObject({ level: 'warning', subject: 'study.bookmarks' });
});

test('rows are brought back by one step for each backup, after all else, and only with an agreement', () => {
  const rows = { notes: 0, note_mentions: 0, bookmarks: 0 };
  const goneRows = gone(
    rows,
    taken(today, { 'study.notes': 40, 'study.note_mentions': 20 }),
    taken(yesterday, { 'study.bookmarks': 12 }),
  );
  expect(
    planned(snapshot({ goneRows, database: { schemas: [schema({ rows, roleRefused: true })] } })),
  ).toEqual([
    'role-refused',
    '  migrate study',
    'rows-gone (may lose)',
    '  take-database-backup database',
    '  merge-rows study:database-2026-05-03:notes,note_mentions',
    '  merge-rows study:database-2026-05-02:bookmarks',
  ]);
});
