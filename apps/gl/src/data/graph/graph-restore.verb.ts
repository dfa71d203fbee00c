import { OperatorError, printResult } from '@gospelib/cli-kit';
import { openBackups, withGraph } from '@gospelib/data-ops';
import { type BackupForm, graphBackupContent, restoreGraph } from '@gospelib/graph';
import { Option } from 'commander';
import colors from 'picocolors';
import { type ChangeOptions, say, type Verb } from '../../verb.ts';

interface RestoreOptions extends ChangeOptions {
  form?: BackupForm;
}

/** Restores a backup next to what is served, verifies it and switches to it. */
export const graphRestore: Verb = (graph, run) =>
  graph
    .command('restore')
    .description('load a backup next to what is served, verify it and switch to it')
    .argument('<id>', 'of the backup')
    .addOption(
      new Option('--form <form>', 'default: the one that fits the engine').choices([
        'fast',
        'neutral',
      ]),
    )
    .option('--dry-run', 'say what would be restored')
    .option('--json', 'as JSON')
    .action(
      run(async ({ environment }, id: string, { json, dryRun, form }: RestoreOptions) => {
        const backups = openBackups(environment);
        const backup = (await backups.list()).find((one) => one.id === id && one.kind === 'graph');
        if (backup === undefined) {
          throw new OperatorError(
            `There is no whole backup ${id} of a graph in ${backups.place}.`,
            '`./gl graph backups` shows them.',
          );
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
