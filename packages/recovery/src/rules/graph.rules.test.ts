import { expect, test } from 'vitest';
import {
  backup,
  before,
  type Case,
  damaged,
  full,
  planned,
  snapshot,
  sound,
  stored,
  wanted,
} from '../testing/rules.world.ts';

const cases: Case[] = [
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
];

test.each(cases)('%s', (_, found, expected) => {
  expect(planned(snapshot(found))).toEqual(expected);
});
