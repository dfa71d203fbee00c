import { expect, test } from 'vitest';
import type { DeliverySnapshot } from '../delivery.port.ts';
import { type Case, damaged, finding, planned, snapshot, wanted } from '../testing/rules.world.ts';

const well: DeliverySnapshot = {
  release: 'release/v1.1.0',
  isRecent: true,
  before: 'release/v1.0.0',
  byHand: undefined,
  migrations: 'none',
  unserved: undefined,
  broken: undefined,
  unpullable: undefined,
  argocd: 'at work',
};
const unserved = finding('readers-unserved', 'release/v1.1.0');
const bad = (more: Partial<DeliverySnapshot> = {}) => ({
  release: { ...well, unserved: 'a chapter is read (status 500)', ...more },
  findings: [unserved],
});
const unpullable = (isRegistryAway: boolean, more: Partial<DeliverySnapshot> = {}) => ({
  release: { ...well, unpullable: { words: 'not found', isRegistryAway }, ...more },
  findings: [finding('release-unpullable', 'release/v1.1.0')],
});
const code = '  go-back code';

const cases: Case[] = [
  ['a release that is well', { release: well }, []],
  ['readers are not served since a release', bad(), ['bad-code', code]],
  [
    'its pods fall, and readers are served by those before',
    {
      release: { ...well, broken: 'gateway-1 ends with exit code 1' },
      findings: [
        finding('release-broken', 'release/v1.1.0'),
        finding('process-away', 'gateway'),
        finding('service-fails', 'gateway'),
      ],
    },
    ['bad-code', code],
  ],
  [
    'bad code with migrations that go back',
    bad({ migrations: 'reversible' }),
    ['bad-code-migrated', '  go-back code-and-migrations'],
  ],
  [
    'bad code with migrations that do not go back: the code alone',
    bad({ migrations: 'fixed' }),
    ['bad-code', code],
  ],
  ['bad code while Argo CD is away', bad({ argocd: 'away' }), ['bad-code', code]],
  ['a release that came long ago', bad({ isRecent: false }), ['bad-code-by-hand (refused)']],
  ['the first release of all', bad({ before: undefined }), ['bad-code-by-hand (refused)']],
  [
    'an environment that follows a branch of everybody’s',
    bad({ byHand: 'Revert it.' }),
    ['bad-code-by-hand (refused)'],
  ],
  [
    'readers are not served because of the graph',
    { ...bad(), graph: damaged, findings: [unserved, finding('graph-damaged', wanted)] },
    [
      'graph-damaged',
      `  quarantine ${wanted}`,
      `  repair-from-replica ${wanted} |  restore-graph graph-1 |  reingest ${wanted}`,
    ],
  ],
  ['a set that cannot be pulled', unpullable(false), ['set-unpullable', code]],
  ['the registry went away while a release came', unpullable(true), ['set-unpullable', code]],
  [
    'the registry is away, and nothing was released lately',
    unpullable(true, { isRecent: false }),
    ['registry-away (refused)'],
  ],
  [
    'a way back that was not ended',
    {
      release: { ...well, argocd: 'paused' },
      findings: [finding('argocd-paused', 'release/v1.1.0')],
    },
    ['way-back-unfinished', code],
  ],
  [
    'somebody paused Argo CD',
    {
      release: { ...well, argocd: 'held' },
      findings: [finding('argocd-paused', 'release/v1.1.0')],
    },
    ['argocd-held (refused)'],
  ],
  ['bad code while somebody paused Argo CD', bad({ argocd: 'held' }), ['bad-code', code]],
  [
    'Argo CD is away, and a graph is damaged: the graph is mended all the same',
    {
      release: { ...well, argocd: 'away' },
      graph: damaged,
      findings: [finding('argocd-away', 'release/v1.1.0'), finding('graph-damaged', wanted)],
    },
    [
      'argocd-away (refused)',
      'graph-damaged',
      `  quarantine ${wanted}`,
      `  repair-from-replica ${wanted} |  restore-graph graph-1 |  reingest ${wanted}`,
    ],
  ],
];

test.each(cases)('%s', (_, found, expected) => {
  expect(planned(snapshot(found))).toEqual(expected);
});
