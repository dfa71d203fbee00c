import { releaseBefore } from '@gospelib/environment';
import type { Snapshot } from '../snapshot/snapshot.types.ts';
import { databaseRules, startRelease } from './database.rules.ts';
import { graphRules } from './graph.rules.ts';
import type { Plan, PlannedStep, Rule } from './rule.ts';

const platformRules: readonly Rule[] = [
  {
    name: 'disk-hindered',
    area: 'platform',
    when: 'The disk of the data folder is full, or nothing can be written there',
    remedy: 'refuse, and say what can be freed: every repair writes',
    applies: ({ disk }) => disk?.hindered.includes('data') === true,
    plan: () => ({ steps: [], expectedSeconds: 0, refused: freeTheDisk }),
  },
  {
    name: 'release-never-came-up',
    area: 'platform',
    when: 'Nothing runs, and the release started last never answered',
    remedy: 'start the release before; a migration that failed was undone with its transaction',
    applies: ({ services }) =>
      services?.supervised === false &&
      services.releases[0]?.cameUp === false &&
      releaseBefore(services.releases) !== undefined,
    plan: ({ services }) => {
      const before = releaseBefore(services?.releases ?? []);
      return { steps: before === undefined ? [] : [startRelease(before)], expectedSeconds: 15 };
    },
  },
  {
    name: 'nothing-runs',
    area: 'platform',
    when: 'Nothing runs',
    remedy: 'start it, then look again',
    applies: ({ services }) => services?.supervised === false,
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
      services?.supervised === true && findings.some(({ kind }) => awayKinds.includes(kind)),
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
    name: 'signing-key-sealed',
    area: 'services',
    when: 'Accounts cannot open its signing key with the secret that it is given',
    remedy:
      'put the secret back with which it was ready last; where none is kept: refuse, and say what new keys cost',
    applies: ({ services }) => services?.sealed !== undefined,
    plan: ({ services }) =>
      services?.sealed?.kept === true
        ? {
            steps: [
              {
                step: 'restore-secret',
                subject: 'accounts-auth',
                says: 'Put the secret back with which accounts was ready last, and start accounts again',
              },
            ],
            expectedSeconds: 5,
          }
        : { steps: [], expectedSeconds: 0, refused: noSecretKept },
  },
  {
    name: 'release-never-ready',
    area: 'services',
    when: 'A service of the release started last is not ready and never was, and nothing else is wrong that would explain it',
    remedy: 'wait until it is; else start the release before',
    applies: (snapshot) =>
      onlyServicesAreAway(snapshot) &&
      snapshot.services?.releases[0]?.cameUp === false &&
      releaseBefore(snapshot.services.releases) !== undefined,
    plan: ({ findings, services }) => {
      const before = releaseBefore(services?.releases ?? []);
      const [first] = waitForServices(findings);
      return {
        steps:
          first === undefined || before === undefined
            ? []
            : [{ ...first, otherwise: startRelease(before) }],
        expectedSeconds: 90,
      };
    },
  },
  {
    name: 'service-away',
    area: 'services',
    when: 'A service is not ready, and nothing else is wrong that would explain it',
    remedy: 'wait until it is: it loads what was repaired, or is being started again',
    applies: onlyServicesAreAway,
    plan: ({ findings }) => ({ steps: waitForServices(findings), expectedSeconds: 15 }),
  },
];

const freeTheDisk =
  'Stores and repairs write, and there nothing can be written. Free the disk, then run this again. What may go: backups that are copied elsewhere (`./gl db backups`), databases retained by restores (`./gl db retained`), old logs in <data>/logs, graphs moved away (<data>/stores/*.unread-…).';

function onlyServicesAreAway({ services, findings }: Snapshot): boolean {
  const faults = findings.filter(({ level }) => level === 'fault');
  return (
    services?.supervised === true &&
    faults.length > 0 &&
    faults.every(({ kind }) => kind === 'process-away')
  );
}

function waitForServices(findings: Snapshot['findings']): PlannedStep[] {
  return findings
    .filter(({ kind }) => kind === 'process-away')
    .map(({ subject }) => ({
      step: 'await-process' as const,
      subject,
      says: `Wait until ${subject} is ready`,
    }));
}

const noSecretKept =
  'No other secret is kept here. Give back the one with which accounts ran before (AUTH_SECRETS, or <data>/secrets/accounts-auth), and nothing is lost. Without it `./gl keys replace` makes new keys: then everybody signs in again, and links in mails that were sent stop working.';

const awayKinds: readonly string[] = ['graph-away', 'database-away'];

const backupRules: readonly Rule[] = (['graph', 'database'] as const).map((kind) => ({
  name: `backup-${kind}`,
  area: 'backups',
  when: `There is no verified backup of the ${kind}, or it is too old`,
  remedy: 'take one and verify it by restoring it into a scratch instance',
  applies: ({ findings, backups }) =>
    backups !== undefined &&
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
  applies: ({ backups }) => backups?.unverified !== undefined,
  plan: ({ backups: { unverified = '' } = {} }) => ({
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

const backupPlaceRule: Rule = {
  name: 'backups-hindered',
  area: 'backups',
  when: 'The disk of the backups is full, or nothing can be written there',
  remedy: 'refuse, and say what can be freed; backups are taken when there is room',
  applies: ({ disk }) => disk?.hindered.includes('backups') === true,
  plan: () => ({ steps: [], expectedSeconds: 0, refused: freeTheBackups }),
};

const freeTheBackups =
  'No backup can be taken. Free the disk, or move the backups: GOSPELIB_BACKUPS names a folder or a bucket.';

/** The decision matrix. In each area the first rule that applies is the plan; backups are each for themselves. */
export const rules: readonly Rule[] = [
  ...platformRules,
  ...graphRules,
  ...databaseRules,
  ...serviceRules,
  backupPlaceRule,
  unverifiedRule,
  ...backupRules,
];

/** Plans in the order in which they are carried out: what does not run is started before anything else is judged. */
export function choosePlans(snapshot: Snapshot): Plan[] {
  const applying = rules.filter((rule) => rule.applies(snapshot));
  const platform = applying.find(({ area }) => area === 'platform');
  const hindered = applying.includes(backupPlaceRule);
  const chosen =
    platform !== undefined
      ? [platform]
      : [
          applying.find(({ area }) => area === 'graph'),
          applying.find(({ area }) => area === 'database'),
          applying.find(({ area }) => area === 'services'),
          ...(hindered ? [backupPlaceRule] : applying.filter(({ area }) => area === 'backups')),
        ];
  return chosen
    .filter((rule) => rule !== undefined)
    .map((rule) => ({ rule: rule.name, area: rule.area, when: rule.when, ...rule.plan(snapshot) }));
}
