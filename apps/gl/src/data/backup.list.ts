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
  const all = await store.survey();
  const whole = all.whole.filter((one) => one.kind === kind);
  const damaged = all.damaged.filter(({ id }) => id.startsWith(`${kind}-`));
  const unproven = all.unproven.filter(({ manifest }) => manifest.kind === kind);
  printResult(json, { place: store.place, backups: whole, damaged, unproven }, () =>
    renderBackups(store.place, { whole, damaged, unproven }, describe),
  );
  return damaged.length === 0 ? exitCodes.well : exitCodes.repairable;
}
