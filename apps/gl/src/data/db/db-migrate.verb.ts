import { printResult } from '@gospelib/cli-kit';
import { migrateAll, withDatabase } from '@gospelib/data-ops';
import { type ChangeOptions, say, type Verb } from '../../verb.ts';
import { renderRun } from './migration.render.ts';
import { schemaOf } from './schema.option.ts';

interface MigrateOptions extends ChangeOptions {
  service?: string;
  /** False with --no-backup. */
  backup?: boolean;
}

/** Applies what is pending, after a backup where there is something to lose. */
export const dbMigrate: Verb = (db, run) =>
  db
    .command('migrate')
    .description('apply what is pending, after a backup where there is something to lose')
    .option('--service <name>', 'only the schema of this service')
    .option('--no-backup', 'take no backup first')
    .option('--dry-run', 'say what would be applied')
    .option('--json', 'as JSON')
    .action(
      run(async ({ environment }, { json, dryRun, service, backup }: MigrateOptions) => {
        const only = schemaOf(service);
        const work = (url: string) => migrateAll(environment, url, say, { only, dryRun, backup });
        const runs = await withDatabase(environment, work, { make: dryRun !== true });
        printResult(json, { runs }, () => runs.map(renderRun).join('\n'));
        return 0;
      }),
    );
