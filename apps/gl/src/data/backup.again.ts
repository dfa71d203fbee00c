import type { BackupKind } from '@gospelib/backup';
import { printResult } from '@gospelib/cli-kit';
import { verifyAgain } from '@gospelib/data-ops';
import type { Command } from 'commander';
import colors from 'picocolors';
import type { PrintOptions, Run } from '../verb.ts';
import { giveWay } from './give.way.ts';
import { asJob } from './job.run.ts';

/** Adds the verb that verifies a backup of a kind again. Exit code 3 when it cannot be restored any more. */
export function addVerifyBackup(parent: Command, run: Run, kind: BackupKind): void {
  parent
    .command('verify-backup')
    .description(
      'restore a backup into a scratch store again and compare; exit code 3 when it cannot be restored any more',
    )
    .argument('[id]', 'default: the one that was verified longest ago')
    .option('--json', 'as JSON')
    .action(
      run(({ environment }, id: string | undefined, { json }: PrintOptions) =>
        asJob(`verify-backup-${kind}`, environment, async () => {
          giveWay();
          const manifest = await verifyAgain(environment, kind, id);
          printResult(
            json,
            manifest,
            () =>
              `${colors.bold(manifest.id)} was restored and verified again in ${manifest.verified?.seconds.toFixed(1)} s.`,
          );
          return 0;
        }),
      ),
    );
}
