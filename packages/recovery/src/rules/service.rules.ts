import { releaseBefore } from '@gospelib/environment';
import type { Snapshot } from '../snapshot/snapshot.types.ts';
import { startRelease } from './database.rules.ts';
import type { PlannedStep, Rule } from './rule.ts';

/** Services that run and are not ready. */
export const serviceRules: readonly Rule[] = [
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
