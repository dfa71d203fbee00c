import { releaseBefore } from '@gospelib/environment';
import { startRelease } from './database.rules.ts';
import type { Rule } from './rule.ts';

/** What must run before anything else is judged. */
export const platformRules: readonly Rule[] = [
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

const freeTheDisk =
  'Stores and repairs write, and there nothing can be written. Free the disk, then run this again. What may go: backups that are copied elsewhere (`./gl db backups`), databases retained by restores (`./gl db retained`), old logs in <data>/logs, graphs moved away (<data>/stores/*.unread-…).';

const awayKinds: readonly string[] = ['graph-away', 'database-away'];
