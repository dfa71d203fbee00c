import { expect, test } from 'vitest';
import {
  backup,
  type Case,
  gone,
  indexGone,
  migration,
  older,
  planned,
  release,
  rightGone,
  schema,
  snapshot,
  stored,
  tableGone,
  without,
} from '../testing/rules.world.ts';
import { choosePlans } from './rules.ts';

const cases: Case[] = [
  [
    'the password of a role was changed, and a table is gone',
    {
      database: {
        schemas: [schema({ roleRefused: true, lost: [tableGone] })],
      },
    },
    ['role-refused', '  migrate study'],
  ],
  [
    'bad code with a migration that goes back',
    {
      services: {
        supervised: true,
        failing: ['study'],
        releases: [release('/bad', '0002_t'), release('/good', '0001_s')],
      },
      database: { schemas: [schema({ migrations: [migration('0001_s'), migration('0002_t')] })] },
    },
    [
      'bad-release',
      '  take-database-backup database',
      '  roll-back-migrations study:0001_s',
      '  start-release /good',
    ],
  ],
  [
    'the same, but going back loses something',
    {
      services: {
        supervised: true,
        failing: ['study'],
        releases: [release('/bad', '0002_t'), release('/good', '0001_s')],
      },
      database: {
        schemas: [
          schema({ migrations: [migration('0001_s'), migration('0002_t', { loses: 'labels' })] }),
        ],
      },
    },
    [
      'bad-release (may lose)',
      '  backup-database database',
      '  roll-back-migrations study:0001_s',
      '  start-release /good',
    ],
  ],
  [
    'the same, but it cannot go back',
    {
      services: {
        supervised: true,
        failing: ['study'],
        releases: [release('/bad', '0002_t'), release('/good', '0001_s')],
      },
      database: {
        schemas: [
          schema({ migrations: [migration('0001_s'), migration('0002_t', { reversible: false })] }),
        ],
      },
    },
    ['bad-release-irreversible (refused)'],
  ],
  [
    'a service fails, but no release brought a migration',
    {
      services: {
        supervised: true,
        failing: ['study'],
        releases: [release('/b', '0001_s'), release('/a', '0001_s')],
      },
    },
    [],
  ],
  [
    'a schema ahead of the release',
    {
      database: { schemas: [schema({ migrations: [migration('0009_x', { state: 'unknown' })] })] },
    },
    ['schema-unknown (refused)'],
  ],
  [
    'a schema behind the release',
    {
      database: {
        schemas: [
          schema({ migrations: [migration('0001_s'), migration('2', { state: 'pending' })] }),
        ],
      },
    },
    ['schema-pending', '  backup-database database', '  migrate study'],
  ],
  [
    'a table is gone',
    {
      database: { schemas: [schema({ lost: [tableGone, indexGone] })] },
      backups: { graph: [backup], database: [stored, older], unverified: undefined },
    },
    [
      'schema-altered',
      '  replay-definitions study:database-1 |  replay-definitions study:database-0',
    ],
  ],
  [
    'a table is gone, and there is no backup',
    {
      database: { schemas: [schema({ lost: [tableGone] })] },
      backups: { graph: [backup], database: [], unverified: undefined },
    },
    ['schema-altered (refused)'],
  ],
  [
    'a right is gone: no backup is needed',
    {
      database: { schemas: [schema({ lost: [rightGone, indexGone] })] },
      backups: { graph: [backup], database: [], unverified: undefined },
    },
    ['schema-altered', '  replay-definitions study'],
  ],
  [
    'a schema is gone, and the newest backup was taken without it',
    {
      database: { schemas: [gone] },
      backups: { graph: [backup], database: [without, stored], unverified: undefined },
    },
    ['schema-gone', '  replay-definitions study:database-1'],
  ],
  [
    'a schema is gone, and nothing is known of the backups',
    { database: { schemas: [gone] }, backups: undefined },
    ['schema-gone (refused)'],
  ],
  [
    'a schema was never made',
    {
      database: { schemas: [gone] },
      backups: { graph: [backup], database: [without], unverified: undefined },
    },
    ['schema-pending', '  backup-database database', '  migrate study'],
  ],
  [
    'an index was left half built',
    {
      database: {
        schemas: [schema({ lost: [indexGone] })],
      },
    },
    ['schema-index', '  repair-schema-indexes study'],
  ],
];

test.each(cases)('%s', (_, found, expected) => {
  expect(planned(snapshot(found))).toEqual(expected);
});

test('a replay names each change in words and in SQL', () => {
  const lostAll = schema({ lost: [tableGone, rightGone, indexGone] });
  const [plan] = choosePlans(snapshot({ database: { schemas: [lostAll] } }));
  const [step] = plan?.steps ?? [];
  expect(step?.says).toContain('(table study.notes is missing)');
  expect(step?.changes).toEqual([
    { says: 'table study.notes is missing', sql: ['MAKE notes'] },
    { says: 'grant study.notes study_service is missing', sql: ['MAKE notes study_service'] },
  ]);
});
