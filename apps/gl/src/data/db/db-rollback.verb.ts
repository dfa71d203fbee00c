import { confirmLoss, printResult, UsageError } from '@gospelib/cli-kit';
import {
  followRollback,
  planRollback,
  type RollbackGoal,
  type RollbackPlan,
  schemas,
  withDatabase,
} from '@gospelib/data-ops';
import colors from 'picocolors';
import { type ChangeOptions, parseCount, say, type Verb } from '../../verb.ts';
import { renderRun } from './migration.render.ts';
import { schemaOf } from './schema.option.ts';

interface RollbackOptions extends ChangeOptions {
  service?: string;
  to?: string;
  steps?: number;
  acceptDataLoss?: boolean;
  /** False with --no-backup. */
  backup?: boolean;
}

/** Takes migrations back, the newest first: says beforehand what that loses, and loses nothing that nobody gave up. */
export const dbRollback: Verb = (db, run) =>
  db
    .command('rollback')
    .description('take migrations back, the newest first; says beforehand which data that loses')
    .option('--to <migration>', 'the one to stand at then: its name, its number, or 0')
    .option('--steps <n>', 'so many back', parseCount)
    .option('--service <name>', 'the schema of this service')
    .option('--accept-data-loss', 'lose what it says without asking')
    .option('--no-backup', 'take no backup first')
    .option('--dry-run', 'say what would be taken back and lost')
    .option('--json', 'as JSON')
    .action(
      run(async ({ environment }, options: RollbackOptions) => {
        const goal = goalOf(options);
        const { json, dryRun, acceptDataLoss, backup } = options;
        return withDatabase(environment, async (url) => {
          const plan = await planRollback(environment, url, goal);
          if (plan.migrations.length === 0 || dryRun === true) {
            printResult(json, { ...plan, dryRun: dryRun === true }, () => renderPlan(plan));
            return 0;
          }
          say(renderPlan(plan));
          if (plan.losses.length > 0) await confirmLoss(plan.schema, { accepted: acceptDataLoss });
          const done = await followRollback(environment, url, plan, say, { backup });
          const { backup: taken, seconds } = done;
          const result = { ...plan, backup: taken, seconds, dryRun: false };
          printResult(json, result, () => renderRun(done));
          return 0;
        });
      }),
    );

function goalOf({ to, steps, service }: RollbackOptions): RollbackGoal {
  const schema = schemaOf(service);
  if ((to === undefined) === (steps === undefined)) {
    throw new UsageError('Say where to go back to: --to MIGRATION, or --steps N.');
  }
  if (to !== undefined) return { to, ...(schema && { schema }) };
  if (schema === undefined) {
    throw new UsageError(`--steps needs --service ${schemas.join(' or ')}.`);
  }
  return { steps: steps ?? 0, schema };
}

function renderPlan({ schema, to, migrations, losses }: RollbackPlan): string {
  if (migrations.length === 0) return `${schema} stands at ${to}: nothing to take back.`;
  const place = to === '0' ? 'nothing' : to;
  return [
    `${schema} goes back to ${place}, taking back ${migrations.join(', ')}.`,
    ...losses.map(({ migration, loses }) => `  ${colors.red('loses')} ${loses} (${migration})`),
    ...(losses.length === 0 ? ['  Nothing is lost.'] : []),
    `The release that stands here asks for all of its migrations: until the one before it runs, or \`./gl db migrate\` is run again, ${schema} answers that it is not ready.`,
  ].join('\n');
}
