import type { Rule } from './rule.ts';

export const backupPlaceRule: Rule = {
  name: 'backups-hindered',
  area: 'backups',
  when: 'The disk of the backups is full, or nothing can be written there',
  remedy: 'refuse, and say what can be freed; backups are taken when there is room',
  applies: ({ disk }) => disk?.hindered.includes('backups') === true,
  plan: () => ({ steps: [], expectedSeconds: 0, refused: freeTheBackups }),
};

const freeTheBackups =
  'No backup can be taken. Free the disk, or move the backups: GOSPELIB_BACKUPS names a folder or a bucket.';

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

const kindRules: readonly Rule[] = (['graph', 'database'] as const).map((kind) => ({
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

/** Each for itself, unless none can be taken. */
export const backupRules: readonly Rule[] = [backupPlaceRule, unverifiedRule, ...kindRules];
