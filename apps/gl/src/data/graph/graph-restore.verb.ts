import { printResult } from '@gospelib/cli-kit';
import { findBackup, openBackups, withGraph } from '@gospelib/data-ops';
import { type BackupForm, graphBackupContent, restoreGraph } from '@gospelib/graph';
import { Option } from 'commander';
import colors from 'picocolors';
import { type ChangeOptions, say, type Verb } from '../../verb.ts';

interface RestoreOptions extends ChangeOptions {
  form?: BackupForm;
  acceptUnsigned?: boolean;
}

/** Restores a backup next to what is served, verifies it and switches to it. */
export const graphRestore: Verb = (graph, run) =>
  graph
    .command('restore')
    .description('load a backup next to what is served, verify it and switch to it')
    .argument('<id>', 'of the backup, or: latest')
    .addOption(
      new Option('--form <form>', 'default: the one that fits the engine').choices([
        'fast',
        'neutral',
      ]),
    )
    .option(
      '--accept-unsigned',
      'also one that no key of ours signed: nobody vouches for its texts',
    )
    .option('--dry-run', 'say what would be restored')
    .option('--json', 'as JSON')
    .action(
      run(async ({ environment }, wanted: string, options: RestoreOptions) => {
        const { json, dryRun, form, acceptUnsigned } = options;
        const backups = openBackups(environment);
        const chosen = await findBackup(environment, 'graph', wanted, acceptUnsigned);
        const { manifest: backup, skipped, unproven } = chosen;
        const { id } = backup;
        for (const { reason } of skipped) {
          say(`${colors.red('damaged')}  ${reason} An older one is taken: ${id}.`);
        }
        const { version } = graphBackupContent.parse(backup.content);
        if (dryRun === true) {
          const state = backup.verified ? `verified ${backup.verified.at}` : 'never verified';
          printResult(
            json,
            { id, version, verified: backup.verified },
            () =>
              `Would load ${version} of ${backup.createdAt} (${state}) next to what is served, verify it and switch to it.`,
          );
          return 0;
        }
        return withGraph(environment, async (store) => {
          const done = await restoreGraph(store, backups, id, {
            form,
            acceptUnproven: unproven,
            onStep: (step) => say(`${colors.dim('gl')} ${step}…`),
          });
          printResult(
            json,
            done,
            () =>
              `${colors.bold(done.version)} is restored, verified and active, in ${done.seconds.toFixed(1)} s, from the ${done.form} form: ${done.why}.`,
          );
          return 0;
        });
      }),
    );
