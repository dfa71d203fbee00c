import type { BackupManifest, DamagedBackup } from '@gospelib/backup';
import Table from 'cli-table3';
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
  const table = new Table({
    head: ['backup', 'taken', 'what', 'MB', 'verified'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'left', 'left', 'right', 'left'],
  });
  for (const backup of backups) {
    const bytes = backup.files.reduce((sum, file) => sum + file.bytes, 0);
    table.push([
      backup.id,
      `${backup.createdAt.slice(0, 16).replace('T', ' ')} UTC`,
      describe(backup),
      (bytes / 1e6).toFixed(1),
      backup.verified === undefined
        ? colors.yellow('no: it does not count')
        : `by restoring it, ${backup.verified.engine}`,
    ]);
  }
  return [`In ${place}:`, table.toString(), ...faults].join('\n');
}
