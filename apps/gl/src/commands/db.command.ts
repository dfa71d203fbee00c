import { confirmLoss, UsageError } from '@gospelib/cli-kit';
import type { MigrationRun } from '@gospelib/database';
import colors from 'picocolors';
import type { Config } from '../config.ts';
import { withDatabase } from '../database/database.session.ts';
import { followRollback, planRollback, type RollbackPlan } from '../database/schema.rollback.ts';
import { readSchemas, type SchemaStatus } from '../database/schema.status.ts';
import { migrateAll } from '../supervisor/migration.job.ts';
import { type SchemaName, schemaNames } from '../supervisor/schemas.ts';
import { print } from './graph.command.ts';

export interface DatabaseOptions {
  json?: boolean;
  dryRun?: boolean;
  service?: string;
}

export interface RollbackOptions extends DatabaseOptions {
  to?: string;
  steps?: number;
  acceptDataLoss?: boolean;
  /** False with --no-backup. */
  backup?: boolean;
}

export interface MigrateOptions extends DatabaseOptions {
  /** False with --no-backup. */
  backup?: boolean;
}

/** Shows where each schema stands against this release. */
export async function dbStatus(
  config: Config,
  { json, service }: DatabaseOptions,
): Promise<number> {
  const schema = schemaOf(service);
  const found = await withDatabase(config, (url) => readSchemas(config, url, schema));
  print(json, found, () => found.map(renderSchema).join('\n'));
  return 0;
}

/** Applies what is pending, after a backup where there is something to lose. */
export async function dbMigrate(
  config: Config,
  { json, dryRun, service, backup }: MigrateOptions,
): Promise<number> {
  const only = schemaOf(service);
  const work = (url: string) => migrateAll(config, url, say, { only, dryRun, backup });
  const runs = await withDatabase(config, work, { make: dryRun !== true });
  print(json, runs, () => runs.map(renderRun).join('\n'));
  return 0;
}

/** Takes migrations back, the newest first: says beforehand what that loses, and loses nothing that nobody gave up. */
export async function dbRollback(config: Config, options: RollbackOptions): Promise<number> {
  const goal = goalOf(options);
  const { json, dryRun, acceptDataLoss, backup } = options;
  return withDatabase(config, async (url) => {
    const plan = await planRollback(config, url, goal);
    if (plan.migrations.length === 0 || dryRun === true) {
      print(json, { ...plan, dryRun: dryRun === true }, () => renderPlan(plan));
      return 0;
    }
    say(renderPlan(plan));
    if (plan.losses.length > 0) await confirmLoss(plan.schema, { accepted: acceptDataLoss });
    const run = await followRollback(config, url, plan, say, { backup });
    const { backup: taken, seconds } = run;
    print(json, { ...plan, backup: taken, seconds, dryRun: false }, () => renderRun(run));
    return 0;
  });
}

function schemaOf(service: string | undefined): SchemaName | undefined {
  const found = schemaNames.find((name) => name === service);
  if (service !== undefined && found === undefined) {
    throw new UsageError(`--service is one of ${schemaNames.join(', ')}.`);
  }
  return found;
}

function goalOf({ to, steps, service }: RollbackOptions) {
  const schema = schemaOf(service);
  if ((to === undefined) === (steps === undefined)) {
    throw new UsageError('Say where to go back to: --to MIGRATION, or --steps N.');
  }
  if (to !== undefined) return { to, ...(schema && { schema }) };
  if (schema === undefined) {
    throw new UsageError(`--steps needs --service ${schemaNames.join(' or ')}.`);
  }
  return { steps: steps ?? 0, schema };
}

/** What happens on the way is for people: standard output has the result alone. */
function say(line: string): void {
  console.error(line);
}

function renderSchema({ schema, at, pending, migrations }: SchemaStatus): string {
  const state =
    at === null
      ? colors.yellow('never migrated')
      : pending > 0
        ? colors.yellow(`at ${at}, ${pending} pending: \`./gl db migrate\``)
        : colors.green(`at ${at}`);
  const lines = migrations.map(({ name, state, reversible, loses }) => {
    const down = reversible === false ? 'no way back' : loses ? `going down loses ${loses}` : '';
    const note = state === 'unknown' ? 'of another release' : down;
    return `  ${state.padEnd(8)} ${name}${note && colors.dim(`  ${note}`)}`;
  });
  return [`${colors.bold(schema)}  ${state}`, ...lines].join('\n');
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

function renderRun({ schema, direction, dryRun, migrations }: MigrationRun): string {
  if (migrations.length === 0) return `${schema}: nothing to do.`;
  const verb = direction === 'up' ? 'apply' : 'take back';
  const done = direction === 'up' ? 'Applied' : 'Took back';
  return `${schema}: ${dryRun ? `would ${verb}` : done} ${migrations.join(', ')}.`;
}
