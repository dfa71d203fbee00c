import type { BackupManifest, DamagedBackup } from '@gospelib/backup';
import { formatMinute, renderTable } from '@gospelib/cli-kit';
import colors from 'picocolors';

/** Backups of one kind as a table, the newest first; `describe` says in a few words what is in one. */
export function renderBackups(
  place: string,
  backups: readonly BackupManifest[],
  damaged: readonly DamagedBackup[],
  describe: (manifest: BackupManifest) => string,
): string {
  const faults = damaged.map(({ reason }) => `${colors.red('damaged')}  ${reason}`);
  if (backups.length === 0) return [`There is none in ${place}.`, ...faults].join('\n');
  const table = renderTable(
    [
      { head: 'backup' },
      { head: 'taken' },
      { head: 'what' },
      { head: 'MB', align: 'right' },
      { head: 'restored and verified' },
    ],
    backups.map((backup) => [
      backup.id,
      formatMinute(backup.createdAt),
      describe(backup),
      (sizeOf(backup) / 1e6).toFixed(1),
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
