import { expect, test } from 'vitest';
import {
  backup,
  type Case,
  damaged,
  finding,
  planned,
  release,
  snapshot,
  sound,
  wanted,
} from '../testing/rules.world.ts';

const cases: Case[] = [
  ['all is well', {}, []],
  [
    'nothing is known of anything',
    {
      services: undefined,
      graph: undefined,
      database: undefined,
      backups: undefined,
      disk: undefined,
    },
    [],
  ],
  [
    'accounts cannot open its signing key, and the secret that opens it is kept',
    {
      services: { supervised: true, failing: [], releases: [], sealed: { kept: true } },
      findings: [finding('signing-key-sealed', 'accounts'), finding('process-away', 'accounts')],
    },
    ['signing-key-sealed', '  restore-secret accounts-auth'],
  ],
  [
    'accounts cannot open its signing key, and no other secret is kept',
    {
      services: { supervised: true, failing: [], releases: [], sealed: { kept: false } },
      findings: [finding('signing-key-sealed', 'accounts'), finding('process-away', 'accounts')],
    },
    ['signing-key-sealed (refused)'],
  ],
  [
    'a release whose service never was ready',
    {
      services: {
        supervised: true,
        failing: [],
        releases: [release('/now', '0001_s', false), release('/before', '0001_s')],
      },
      findings: [finding('process-away', 'study')],
    },
    ['release-never-ready', '  await-process study |  start-release /before'],
  ],
  [
    'the disk of the data is full: every repair writes',
    { graph: damaged, disk: { hindered: ['data', 'backups'] } },
    ['disk-hindered (refused)'],
  ],
  [
    'the disk of the backups is full',
    {
      graph: { ...sound, missingIndexes: true },
      disk: { hindered: ['backups'] },
      findings: [finding('backup-old', 'database')],
    },
    ['graph-slow', `  repair-graph-indexes ${wanted}`, 'backups-hindered (refused)'],
  ],
  [
    'nothing runs: nothing else is judged before it does',
    {
      services: {
        supervised: false,
        failing: [],
        sealed: undefined,
        releases: [release('/now', '0001_s')],
      },
      graph: undefined,
      database: undefined,
      findings: [finding('backup-none', 'graph')],
    },
    ['nothing-runs', '  start-platform platform'],
  ],
  [
    'nothing runs since a release that never came up',
    {
      services: {
        supervised: false,
        failing: [],
        releases: [
          release('/bad', '0002_t', false),
          release('/worse', '0002_t', false),
          release('/good', '0001_s'),
        ],
      },
      graph: undefined,
      database: undefined,
    },
    ['release-never-came-up', '  start-release /good'],
  ],
  [
    'a store is away and will be started again',
    { graph: undefined, findings: [finding('graph-away', 'falkordb')] },
    ['process-away', '  await-process falkordb'],
  ],
  [
    'a service is not ready yet, and nothing else is wrong',
    { findings: [finding('process-away', 'content')] },
    ['service-away', '  await-process content'],
  ],
  [
    'a service is not ready since its graph is damaged',
    {
      graph: damaged,
      findings: [finding('process-away', 'content'), finding('graph-damaged', wanted)],
    },
    [
      'graph-damaged',
      `  quarantine ${wanted}`,
      `  repair-from-replica ${wanted} |  restore-graph graph-1 |  reingest ${wanted}`,
    ],
  ],
  [
    'backups are too old, each for itself, beside whatever else is wrong',
    {
      graph: { ...sound, missingIndexes: true },
      findings: [finding('backup-old', 'graph'), finding('backup-none', 'database')],
    },
    [
      'graph-slow',
      `  repair-graph-indexes ${wanted}`,
      'backup-graph',
      '  backup-graph graph',
      'backup-database',
      '  backup-database database',
    ],
  ],
  [
    'a backup of the database was taken, and not verified yet',
    {
      backups: { graph: [backup], database: [], unverified: 'database-2' },
      findings: [finding('backup-unverified', 'database-2'), finding('backup-none', 'database')],
    },
    ['backup-unverified', '  verify-database-backup database-2 |  backup-database database'],
  ],
];

test.each(cases)('%s', (_, found, expected) => {
  expect(planned(snapshot(found))).toEqual(expected);
});
