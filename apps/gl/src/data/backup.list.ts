import type { BackupKind, BackupManifest } from '@gospelib/backup';
import { type ExitCode, exitCodes, printResult } from '@gospelib/cli-kit';
import { openBackups, renderBackups } from '@gospelib/data-ops';
import type { Environment } from '@gospelib/environment';

/** Prints the backups of one kind. Exit code 3 when one is damaged. */
export async function listBackups(
  environment: Environment,
  kind: BackupKind,
  json: boolean | undefined,
  describe: (manifest: BackupManifest) => string,
): Promise<ExitCode> {
  const store = openBackups(environment);
  const { whole, damaged: all } = await store.survey();
  const backups = whole.filter((one) => one.kind === kind);
  const damaged = all.filter(({ id }) => id.startsWith(`${kind}-`));
  printResult(json, { place: store.place, backups, damaged }, () =>
    renderBackups(store.place, backups, damaged, describe),
  );
  return damaged.length === 0 ? exitCodes.well : exitCodes.repairable;
}
