import { confirmLoss, formatAge, printResult } from '@gospelib/cli-kit';
import {
  type FollowedRestore,
  followRestore,
  planRestore,
  type RestorePlan,
  withDatabase,
} from '@gospelib/data-ops';
import colors from 'picocolors';
import { type ChangeOptions, say, type Verb } from '../../verb.ts';

interface RestoreOptions extends ChangeOptions {
  into?: string;
  acceptDataLoss?: boolean;
  acceptUnsigned?: boolean;
  keepPasswords?: boolean;
}

/** Puts a backup in the place of the database, which is retained; or next to it, under a name. */
export const dbRestore: Verb = (db, run) =>
  db
    .command('restore')
    .description(
      'put a backup in the place of the database, which is retained; says beforehand what that loses',
    )
    .argument('<id>', 'of a backup, or: latest')
    .option('--into <name>', 'only next to it, as a database of this name')
    .option(
      '--accept-unsigned',
      'also one that no key of ours signed: nobody vouches for its rows; its SQL is not run',
    )
    .option(
      '--keep-passwords',
      'roles of services keep the ones that they have: in a pod, which knows none of them',
    )
    .option('--accept-data-loss', 'lose what it says without asking')
    .option('--dry-run', 'say what would be restored and lost')
    .option('--json', 'as JSON')
    .action(
      run(({ environment }, id: string, options: RestoreOptions) => {
        const { json, dryRun, into, acceptDataLoss, acceptUnsigned: acceptUnproven } = options;
        return withDatabase(
          environment,
          async (url) => {
            const plan = await planRestore(environment, url, id, { into, acceptUnproven });
            if (dryRun === true) {
              printResult(json, { ...plan, dryRun: true }, () => renderPlan(plan));
              return 0;
            }
            say(renderPlan(plan));
            const word = decodeURIComponent(new URL(url).pathname.slice(1));
            if (plan.losses.length > 0) await confirmLoss(word, { accepted: acceptDataLoss });
            const done = await followRestore(environment, url, plan, say, options.keepPasswords);
            printResult(json, { ...done, dryRun: false }, () => renderRestored(done));
            return 0;
          },
          { make: dryRun !== true },
        );
      }),
    );

function renderPlan({ id, since, rows, into, losses, skipped, unproven }: RestorePlan): string {
  const head = [
    ...skipped.map(({ reason }) => `${colors.red('damaged')}  ${reason} An older one is taken.`),
    ...(unproven ? [`${colors.yellow('unproven')}  Nothing proves that ${id} is ours.`] : []),
    `${id} holds ${rows.toLocaleString('en')} rows as they stood at ${since}.`,
  ].join('\n');
  if (into !== undefined) return `${head}\nIt goes next to what is live, as the database ${into}.`;
  if (losses.length === 0) return `${head}\nNothing that is there now would be lost.`;
  const lines = losses.map(
    ({ table, backup = 0, now = 0 }) =>
      `  ${colors.red('loses')} what changed in ${table}: ${now.toLocaleString('en')} rows now, ${backup.toLocaleString('en')} in the backup`,
  );
  return [
    head,
    `What was written since then (${formatAge(since)}) is not in it:`,
    ...lines,
    'What stands there now is retained: `./gl db retained` shows it, `./gl db retained reinstate NAME` is the way back.',
  ].join('\n');
}

function renderRestored(done: FollowedRestore): string {
  const { from, database, retained, rows = 0, seconds, unavailableMs, pending } = done;
  const time = `${rows.toLocaleString('en')} rows in ${seconds.toFixed(1)} s`;
  const lines =
    retained === undefined
      ? [`${from} is restored as the database ${colors.bold(database)}: ${time}.`]
      : [
          `${from} is the database ${colors.bold(database)} now: ${time}; nobody could connect for ${Math.round(unavailableMs)} ms.`,
          `What stood there is retained as ${retained}.`,
        ];
  for (const { schema, migrations } of pending) {
    lines.push(`${schema} lacks ${migrations.join(', ')}: \`./gl db migrate\` applies them.`);
  }
  return lines.join('\n');
}
