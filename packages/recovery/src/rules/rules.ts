import { releaseBefore } from '@gospelib/environment';
import type { Snapshot } from '../snapshot/snapshot.types.ts';
import { databaseRules, startRelease } from './database.rules.ts';
import { graphRules } from './graph.rules.ts';
import type { Plan, Rule } from './rule.ts';

const platformRules: readonly Rule[] = [
  {
    name: 'release-never-came-up',
    area: 'platform',
    when: 'Nothing runs, and the release started last never answered',
    remedy: 'start the release before; a migration that failed was undone with its transaction',
    applies: ({ services: { supervised, releases } }) =>
      !supervised && releases[0]?.cameUp === false && releaseBefore(releases) !== undefined,
    plan: ({ services: { releases } }) => {
      const before = releaseBefore(releases);
      return { steps: before === undefined ? [] : [startRelease(before)], expectedSeconds: 15 };
    },
  },
  {
    name: 'nothing-runs',
    area: 'platform',
    when: 'Nothing runs',
    remedy: 'start it, then look again',
    applies: ({ services, graph, database }) =>
      !services.supervised && (graph === undefined || database === undefined),
    plan: () => ({
      steps: [{ step: 'start-platform', subject: 'platform', says: 'Start the platform' }],
      expectedSeconds: 15,
    }),
  },
  {
    name: 'process-away',
    area: 'platform',
    when: 'A store or a service is away while its supervisor runs',
    remedy: 'wait until the supervisor has started it again; its log tells why it fell',
    applies: ({ services, findings }) =>
      services.supervised && findings.some(({ kind }) => awayKinds.includes(kind)),
    plan: ({ findings }) => ({
      steps: findings
        .filter(({ kind }) => awayKinds.includes(kind))
        .map(({ subject }) => ({
          step: 'await-process' as const,
          subject,
          says: `Wait until ${subject} answers again`,
        })),
      expectedSeconds: 15,
    }),
  },
];

const serviceRules: readonly Rule[] = [
  {
    name: 'service-away',
    area: 'services',
    when: 'A service is not ready, and nothing else is wrong that would explain it',
    remedy: 'wait until it is: it loads what was repaired, or is being started again',
    applies: ({ services, findings }) => {
      const faults = findings.filter(({ level }) => level === 'fault');
      return (
        services.supervised &&
        faults.length > 0 &&
        faults.every(({ kind }) => kind === 'process-away')
      );
    },
    plan: ({ findings }) => ({
      steps: findings
        .filter(({ kind }) => kind === 'process-away')
        .map(({ subject }) => ({
          step: 'await-process' as const,
          subject,
          says: `Wait until ${subject} is ready`,
        })),
      expectedSeconds: 15,
    }),
  },
];

const awayKinds: readonly string[] = ['graph-away', 'database-away'];

const backupRules: readonly Rule[] = (['graph', 'database'] as const).map((kind) => ({
  name: `backup-${kind}`,
  area: 'backups',
  when: `There is no verified backup of the ${kind}, or it is too old`,
  remedy: 'take one and verify it by restoring it into a scratch instance',
  applies: ({ findings, backups }) =>
    (kind === 'graph' || backups.unverified === undefined) &&
    findings.some(
      (found) =>
        found.subject === kind && (found.kind === 'backup-none' || found.kind === 'backup-old'),
    ),
  plan: () => ({
    steps: [
      {
        step: `backup-${kind}`,
        subject: kind,
        says: `Back the ${kind} up, and verify the backup`,
      },
    ],
    expectedSeconds: kind === 'graph' ? 10 : 15,
  }),
}));

/** Taken ahead of what could not wait for its verification, or left by what was killed. */
const unverifiedRule: Rule = {
  name: 'backup-unverified',
  area: 'backups',
  when: 'The newest backup of the database was never verified',
  remedy: 'restore it into a scratch instance; when it does not come back whole, take another one',
  applies: ({ backups }) => backups.unverified !== undefined,
  plan: ({ backups: { unverified = '' } }) => ({
    steps: [
      {
        step: 'verify-database-backup',
        subject: unverified,
        says: `Verify ${unverified}`,
        otherwise: {
          step: 'backup-database',
          subject: 'database',
          says: 'Back the database up anew, and verify the backup',
        },
      },
    ],
    expectedSeconds: 15,
  }),
};

/** The decision matrix. In each area the first rule that applies is the plan; backups are each for themselves. */
export const rules: readonly Rule[] = [
  ...platformRules,
  ...graphRules,
  ...databaseRules,
  ...serviceRules,
  unverifiedRule,
  ...backupRules,
];

/** Plans in the order in which they are carried out: what does not run is started before anything else is judged. */
export function choosePlans(snapshot: Snapshot): Plan[] {
  const applying = rules.filter((rule) => rule.applies(snapshot));
  const platform = applying.find(({ area }) => area === 'platform');
  const chosen =
    platform !== undefined
      ? [platform]
      : [
          applying.find(({ area }) => area === 'graph'),
          applying.find(({ area }) => area === 'database'),
          applying.find(({ area }) => area === 'services'),
          ...applying.filter(({ area }) => area === 'backups'),
        ];
  return chosen
    .filter((rule) => rule !== undefined)
    .map((rule) => ({ rule: rule.name, area: rule.area, when: rule.when, ...rule.plan(snapshot) }));
}
