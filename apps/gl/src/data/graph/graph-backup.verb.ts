import { removeExpired } from '@gospelib/backup';
import { exitCodes, printResult } from '@gospelib/cli-kit';
import { openBackups, sizeOf, withGraph } from '@gospelib/data-ops';
import { backupGraph, verifyGraph } from '@gospelib/graph';
import colors from 'picocolors';
import { type ChangeOptions, say, type Verb } from '../../verb.ts';
import { giveWay } from '../give.way.ts';
import { asJob } from '../job.run.ts';
import { requireActive } from './graph.version.ts';

/** Backs up the active version, restores the backup into a scratch store and verifies it there. */
export const graphBackup: Verb = (graph, run) =>
  graph
    .command('backup')
    .description(
      'back up the active version; it counts once it was restored into a scratch store and verified',
    )
    .option('--dry-run', 'only look whether the graph is sound')
    .option('--json', 'as JSON')
    .action(
      run(async ({ environment }, { json, dryRun }: ChangeOptions) => {
        const backups = openBackups(environment);
        const work = () =>
          withGraph(environment, async (store) => {
            const version = await requireActive(store);
            if (dryRun === true) {
              const { ok, seconds } = await verifyGraph(store, version);
              const what = ok
                ? 'sound: it would be backed up'
                : 'damaged: it would not be backed up';
              printResult(
                json,
                { version, ok, place: backups.place },
                () =>
                  `${version} is ${what} to ${backups.place} (looked at in ${seconds.toFixed(1)} s).`,
              );
              return ok ? exitCodes.well : exitCodes.repairable;
            }
            giveWay();
            const manifest = await backupGraph(store, version, backups, {
              scratch: () => environment.scratchStore('falkordb'),
              onStep: (step) => say(`${colors.dim('gl')} ${step}…`),
            });
            const removed = await removeExpired(backups);
            printResult(json, { ...manifest, removed }, () => {
              const { seconds, verified } = manifest;
              const size = (sizeOf(manifest) / 1e6).toFixed(1);
              const expired =
                removed.length === 0 ? '' : `\nExpired and removed: ${removed.join(', ')}.`;
              return `${colors.bold(manifest.id)}: ${version}, ${size} MB in ${backups.place}, taken in ${seconds.toFixed(1)} s, restored and verified in ${verified?.seconds.toFixed(1)} s.${expired}`;
            });
            return exitCodes.well;
          });
        return dryRun === true ? work() : asJob('backup-graph', environment, work);
      }),
    );
