import { printResult } from '@gospelib/cli-kit';
import { openBackups, readSchemas, takeBackup, withDatabase } from '@gospelib/data-ops';
import colors from 'picocolors';
import { type ChangeOptions, say, type Verb } from '../../verb.ts';
import { giveWay } from '../give.way.ts';
import { asJob } from '../job.run.ts';
import { describeBackup } from './db-backups.verb.ts';

/** Backs everything up as it stands at one moment, and verifies the backup by restoring it into a scratch server. */
export const dbBackup: Verb = (db, run) =>
  db
    .command('backup')
    .description(
      'back everything up while it is written to, and verify it by restoring it into a scratch server',
    )
    .option('--dry-run', 'say what would be backed up, and where to')
    .option('--json', 'as JSON')
    .action(
      run(({ environment }, { json, dryRun }: ChangeOptions) => {
        const work = () =>
          withDatabase(environment, async (url) => {
            if (dryRun === true) {
              const found = await readSchemas(environment, url);
              const schemas = found.map(({ schema, at }) => ({ schema, at }));
              const { place } = openBackups(environment);
              const list = schemas
                .map(({ schema, at }) => `${schema} at ${at ?? 'nothing'}`)
                .join(', ');
              printResult(
                json,
                { dryRun: true, place, schemas },
                () => `Would back up to ${place}: ${list}.`,
              );
              return 0;
            }
            giveWay();
            const { manifest, removed } = await takeBackup(environment, url, say);
            printResult(json, { ...manifest, removed }, () => {
              const { id, seconds, verified } = manifest;
              const expired =
                removed.length === 0 ? '' : `\nExpired and removed: ${removed.join(', ')}.`;
              return `${colors.bold(id)} is taken in ${seconds.toFixed(1)} s and verified by restoring it in ${verified?.seconds.toFixed(1)} s: ${describeBackup(manifest)}.${expired}`;
            });
            return 0;
          });
        return dryRun === true ? work() : asJob('backup-database', environment, work);
      }),
    );
