import type { BackupManifest, BackupSurvey } from '@gospelib/backup';
import { formatMinute, renderTable } from '@gospelib/cli-kit';
import colors from 'picocolors';

/** Backups of one kind as a table, the newest first; `describe` says in a few words what is in one. */
export function renderBackups(
  place: string,
  { whole: backups, damaged, unproven }: BackupSurvey,
  describe: (manifest: BackupManifest) => string,
): string {
  const faults = [
    ...damaged.map(({ reason }) => `${colors.red('damaged')}  ${reason}`),
    ...unproven.map(
      ({ reason }) =>
        `${colors.yellow('unproven')}  ${reason} It counts for nothing; --accept-unsigned restores it.`,
    ),
  ];
  if (backups.length === 0) return [`There is none in ${place}.`, ...faults].join('\n');
  const table = renderTable(
    [
      { head: 'backup' },
      { head: 'taken' },
      { head: 'what' },
      { head: 'MB', align: 'right' },
      { head: 'signed by' },
      { head: 'restored and verified' },
    ],
    backups.map((backup) => [
      backup.id,
      formatMinute(backup.createdAt),
      describe(backup),
      (sizeOf(backup) / 1e6).toFixed(1),
      `${backup.signature?.key}${backup.encryption === undefined ? '' : ', encrypted'}`,
      backup.verified === undefined
        ? colors.yellow('never: it does not count')
        : `${formatMinute(backup.verified.at)}, ${backup.verified.engine}`,
    ]),
  );
  return [`In ${place}:`, table, ...faults].join('\n');
}

/** Of all its files, in bytes. */
export function sizeOf({ files }: BackupManifest): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
