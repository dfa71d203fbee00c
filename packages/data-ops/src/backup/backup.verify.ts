import {
  BackupDamagedError,
  type BackupKind,
  type BackupManifest,
  BackupSealedError,
  BackupUnprovenError,
} from '@gospelib/backup';
import { exitCodes, OperatorError } from '@gospelib/cli-kit';
import { BackupMismatchError } from '@gospelib/database';
import type { Environment } from '@gospelib/environment';
import { GraphDamagedError, verifyGraphBackup } from '@gospelib/graph';
import { verifyBackup } from '../database/database.backup.ts';
import { backupVerbs } from './backup.job.ts';
import { openBackups } from './backup.place.ts';

const faults = [BackupDamagedError, BackupMismatchError, GraphDamagedError];

/**
 * Restores a backup into a scratch store again and compares; by default the one of its kind that was verified longest ago, or never.
 * What came of it is remembered: one that cannot be restored is damaged from then on.
 * @throws OperatorError
 */
export async function verifyAgain(
  environment: Environment,
  kind: BackupKind,
  id?: string,
): Promise<BackupManifest> {
  const backups = openBackups(environment);
  const there = (await backups.list()).filter((one) => one.kind === kind);
  const at = ({ verified }: BackupManifest) => verified?.at ?? '';
  const waiting = [...there].sort((a, b) => (at(a) < at(b) ? -1 : 1));
  const chosen = id === undefined ? waiting[0] : there.find((one) => one.id === id);
  const [group = ''] = backupVerbs[kind];
  if (chosen === undefined) {
    throw new OperatorError(
      `There is no whole backup ${id ?? ''} of the ${kind} in ${backups.place}.`.replace('  ', ' '),
      `\`./gl ${group} backups\` shows what there is, and what is damaged.`,
    );
  }
  try {
    return kind === 'database'
      ? await verifyBackup(environment, chosen)
      : await verifyGraphBackup(backups, chosen.id, () => environment.scratchStore('falkordb'));
  } catch (cause) {
    const reason = (cause as Error).message;
    if (cause instanceof BackupSealedError || cause instanceof BackupUnprovenError) {
      throw new OperatorError(
        reason,
        'Nothing was changed. Verify it where the keys of backups are: BACKUP_SIGNING_KEYS, BACKUP_AGE_IDENTITIES.',
        { cause, meaning: 'Whether it can be restored is not known.', exitCode: exitCodes.unknown },
      );
    }
    if (!faults.some((fault) => cause instanceof fault)) throw cause;
    await backups.markDamaged(chosen.id, reason);
    throw new OperatorError(
      `The backup ${chosen.id} cannot be restored any more: ${reason}`,
      `It is listed as damaged from now on; restores take the next older one. Take another one now: \`./gl ${group} backup\`.`,
      { cause, exitCode: exitCodes.repairable },
    );
  }
}
