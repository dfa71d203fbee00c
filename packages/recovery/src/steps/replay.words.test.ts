import { expect, test } from 'vitest';
import { tellMerge, tellReplay } from './replay.words.ts';

const nothing = { schema: 'study', replayed: [], left: [], refills: [], orphans: [], rebuilt: [] };
const since = '2026-05-01T10:00:00.000Z';

test('says what was off, what came back, what did not and what is off still', () => {
  const said = tellReplay({
    ...nothing,
    replayed: ['row security of study.notes is off', 'column study.notes.body is missing'],
    refills: [
      {
        table: 'study.notes',
        column: 'body',
        since,
        refilled: 1200,
        unknown: 1,
        instead: "''",
        outdated: 3,
      },
      { table: 'study.colors', since, refilled: 1 },
      { table: 'accounts.sessions', since, refilled: 0, empty: 'it would be valid again' },
    ],
    orphans: [{ table: 'study.note_mentions', rows: 2 }],
    rebuilt: [{ table: 'study.note_mentions', rows: 5 }],
    left: [{ says: 'column study.notes.tags may be NULL', reason: 'it contains null values' }],
  });
  expect(said.split(/(?<=[.]) (?=\S)/)).toEqual([
    'Made again as the migrations of study define it; it had been so that row security of study.notes is off; column study.notes.body is missing.',
    `study.notes.body has the values of the backup of ${since} in 1,200 rows; 3 rows of them were changed since, and may have an older value; 1 row that are newer have '': their value is lost.`,
    `study.colors has the 1 row of the backup of ${since}; what was written to it later is lost.`,
    'accounts.sessions is empty: it would be valid again.',
    '2 rows of study.note_mentions whose owner is gone went with it.',
    'study.note_mentions was derived anew: 5 rows had not been right.',
    'Still so: column study.notes.tags may be NULL.',
    'PostgreSQL refused: it contains null values.',
  ]);
  expect(tellReplay(nothing)).toBe('Nothing in study had to be made again.');
});

test('says what came back into tables that had lost rows', () => {
  const merged = [
    { table: 'study.notes', rows: 1372 },
    { table: 'study.bookmarks', rows: 1 },
  ];
  expect(tellMerge({ schema: 'study', since, merged })).toBe(
    `Back from the backup of ${since}: 1,372 rows of study.notes, 1 row of study.bookmarks. What lay there was left as it is.`,
  );
});
