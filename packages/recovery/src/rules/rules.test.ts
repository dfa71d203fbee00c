import type { ShapeDifference } from '@gospelib/database';
import type { Release } from '@gospelib/environment';
import { expect, test } from 'vitest';
import type { Finding } from '../snapshot/finding.ts';
import type { GraphSnapshot, SchemaSnapshot, Snapshot } from '../snapshot/snapshot.types.ts';
import { choosePlans } from './rules.ts';

const [wanted, before] = ['a'.repeat(12), 'b'.repeat(12)].map((name) => `${name}-default`) as [
  string,
  string,
];
const full = `${'c'.repeat(12)}-full`;
const schemas = ['accounts', 'study'];
const backup = {
  id: 'graph-1',
  version: wanted,
  createdAt: '2026-05-01T10:00:00.000Z',
  digest: 'd',
};
const stored = { id: 'database-1', createdAt: '2026-05-01T09:00:00.000Z', schemas };

const sound: GraphSnapshot = {
  wanted,
  sound: true,
  known: true,
  attestation: { recorded: 'd', copies: ['d', 'd'] },
  quarantined: false,
  missingIndexes: false,
  replicaWhole: true,
  othersWhole: [],
  remembered: undefined,
  busy: false,
};

function release(root: string, study: string, cameUp = true): Release {
  const migrations = { accounts: '0001_a', study };
  return { at: '2026-05-01T08:00:00.000Z', root, commit: undefined, migrations, cameUp };
}

type Migration = SchemaSnapshot['migrations'][number];

function migration(name: string, more: Partial<Migration> = {}): Migration {
  const usual = { state: 'applied', reversible: true, loses: null } as const;
  return { name, ...usual, irreversibleBecause: undefined, ...more };
}

function schema(more: Partial<SchemaSnapshot> = {}): SchemaSnapshot {
  return {
    schema: 'study',
    migrations: [migration('0001_s')],
    lost: [],
    isGone: false,
    roleRefused: false,
    ...more,
  };
}

function snapshot(more: Partial<Snapshot> = {}): Snapshot {
  return {
    findings: [],
    services: {
      supervised: true,
      failing: [],
      sealed: undefined,
      releases: [release('/now', '0001_s')],
    },
    graph: sound,
    database: { schemas: [schema()] },
    backups: { graph: [backup], database: [stored], unverified: undefined },
    disk: { hindered: [] },
    seconds: 1,
    ...more,
  };
}

/** Each plan as its rule, and each step as `name subject`, with what is tried instead after `|`. */
function planned(found: Snapshot): string[] {
  return choosePlans(found).flatMap(({ rule, steps, refused, mayLose }) => [
    `${rule}${refused === undefined ? '' : ' (refused)'}${mayLose === undefined ? '' : ' (may lose)'}`,
    ...steps.map(function name({ step, subject, otherwise }): string {
      return `  ${step} ${subject}${otherwise === undefined ? '' : ` |${name(otherwise)}`}`;
    }),
  ]);
}

const lost = (kind: ShapeDifference['kind'], name: string): ShapeDifference => ({
  kind,
  name,
  table: 'notes',
  fault: 'missing',
  says: `${kind} study.${name} is missing`,
  statements: kind === 'index' ? [] : [{ phase: 'make', sql: `MAKE ${name}` }],
});
const tableGone: ShapeDifference = { ...lost('table', 'notes'), needsRows: true };
const indexGone = lost('index', 'notes_place');
const rightGone = lost('grant', 'notes study_service');
const older = { id: 'database-0', createdAt: '2026-04-30T09:00:00.000Z', schemas };
const without = { ...stored, id: 'database-2', schemas: ['accounts'] };

const gone = schema({ isGone: true, migrations: [migration('0001_s', { state: 'pending' })] });

const damaged = { ...sound, sound: false };
const finding = (kind: Finding['kind'], subject: string): Finding => ({
  kind,
  subject,
  level: 'fault',
  text: '',
});

const cases: [string, Partial<Snapshot>, string[]][] = [
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
    'a damaged graph, and nothing is known of the backups',
    { graph: damaged, backups: undefined },
    [
      'graph-damaged',
      `  quarantine ${wanted}`,
      `  repair-from-replica ${wanted} |  reingest ${wanted}`,
    ],
  ],
  [
    'a pointer to nowhere, and nothing is known of the backups',
    { graph: { ...damaged, known: false, replicaWhole: false }, backups: undefined },
    ['graph-damaged', `  quarantine ${wanted}`, `  reingest auto`],
  ],
  [
    'an emptied store whose backups are gone, and a data folder that remembers the corpus',
    {
      graph: { ...damaged, wanted: undefined, known: false, replicaWhole: false, remembered: full },
      backups: { graph: [], database: [stored], unverified: undefined },
    },
    ['graph-none', `  reingest ${full}`],
  ],
  [
    'a pointer to nowhere tells no edition; the newest backup does',
    {
      graph: { ...damaged, wanted: undefined, known: false, remembered: wanted },
      backups: {
        graph: [{ ...backup, version: full }],
        database: [stored],
        unverified: undefined,
      },
    },
    ['graph-none', `  restore-graph graph-1 |  reingest ${full}`],
  ],
  [
    'a damaged graph whose record is gone, too, and a backup that attests a copy',
    { graph: { ...damaged, attestation: { recorded: undefined, copies: ['d'] } } },
    ['graph-record', '  attest-record graph-1'],
  ],
  [
    'a record that attests no copy, as the backup does not either',
    { graph: { ...damaged, attestation: { recorded: 'x', copies: ['y'] } } },
    [
      'graph-damaged',
      `  quarantine ${wanted}`,
      `  repair-from-replica ${wanted} |  restore-graph graph-1 |  reingest ${wanted}`,
    ],
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
    'the password of a role was changed, and a table is gone',
    {
      database: {
        schemas: [schema({ roleRefused: true, lost: [tableGone] })],
      },
    },
    ['role-refused', '  migrate study'],
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
    'a damaged graph with a whole second copy',
    { graph: damaged },
    [
      'graph-damaged',
      `  quarantine ${wanted}`,
      `  repair-from-replica ${wanted} |  restore-graph graph-1 |  reingest ${wanted}`,
    ],
  ],
  [
    'both copies damaged, and a version before',
    { graph: { ...damaged, replicaWhole: false, othersWhole: [before] } },
    [
      'graph-damaged',
      `  quarantine ${wanted}`,
      `  restore-graph graph-1 |  reingest ${wanted} |  activate ${before}`,
    ],
  ],
  [
    'both copies damaged, and nothing else at all',
    {
      graph: { ...damaged, replicaWhole: false },
      backups: { graph: [], database: [stored], unverified: undefined },
    },
    ['graph-damaged', `  quarantine ${wanted}`, `  reingest ${wanted}`],
  ],
  [
    'somebody is mending it already',
    { graph: { ...damaged, busy: true } },
    ['graph-busy', '  await-graph-work falkordb'],
  ],
  [
    'an empty store',
    { graph: { ...damaged, wanted: undefined, known: false } },
    ['graph-none', `  restore-graph graph-1 |  reingest ${wanted}`],
  ],
  [
    'no pointer, but a version that looks whole',
    { graph: { ...damaged, wanted: undefined, known: false, othersWhole: [before] } },
    ['graph-none', `  activate ${before} |  restore-graph graph-1 |  reingest ${wanted}`],
  ],
  [
    'a pointer to nowhere',
    {
      graph: { ...damaged, wanted: 'ffff-default', known: false, othersWhole: [wanted, before] },
    },
    [
      'graph-nowhere',
      `  activate ${wanted} |  activate ${before} |  restore-graph graph-1 |  reingest ${wanted}`,
    ],
  ],
  [
    'a quarantined graph that is sound after all',
    { graph: { ...sound, quarantined: true } },
    ['graph-quarantined', `  activate ${wanted}`],
  ],
  [
    'a quarantined graph that is damaged',
    { graph: { ...damaged, quarantined: true } },
    [
      'graph-damaged',
      `  quarantine ${wanted}`,
      `  repair-from-replica ${wanted} |  restore-graph graph-1 |  reingest ${wanted}`,
    ],
  ],
  [
    'an index is missing',
    { graph: { ...sound, missingIndexes: true } },
    ['graph-slow', `  repair-graph-indexes ${wanted}`],
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
