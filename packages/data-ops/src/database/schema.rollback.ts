import type { BackupManifest } from '@gospelib/backup';
import { OperatorError, UsageError } from '@gospelib/cli-kit';
import { IrreversibleError, MigrationError, type MigrationRun, rollback } from '@gospelib/database';
import type { Environment } from '@gospelib/environment';
import { backUpBefore, verifyBackup } from './database.backup.ts';
import { whenFree } from './migration.lock.ts';
import { schemaSource, schemas } from './schema.source.ts';
import { readSchemas, type SchemaStatus } from './schema.status.ts';

/** Where to go back to: a migration (its name, its number, or `0` for before the first), or so many steps. */
export type RollbackGoal = { to: string; schema?: string } | { steps: number; schema: string };

/** What going back would do, found out without changing anything. */
export interface RollbackPlan {
  schema: string;
  /** The migration at which the schema then stands; `0`: before the first. */
  to: string;
  /** What is undone, the newest first. */
  migrations: string[];
  /** What that loses, in the words of the migrations. */
  losses: { migration: string; loses: string }[];
}

/**
 * Plans the way back.
 * @throws UsageError when it is not clear which schema or migration is meant
 * @throws OperatorError when a migration on the way cannot be undone, with what helps instead
 */
export async function planRollback(
  environment: Environment,
  url: string,
  goal: RollbackGoal,
): Promise<RollbackPlan> {
  const status = chooseSchema(await readSchemas(environment, url, goal.schema), goal);
  const { schema, migrations: states } = status;
  const to = 'to' in goal ? findTarget(status, goal.to) : countBack(status, goal.steps);
  try {
    const target = { ...(await schemaSource(environment, schema)), url, to };
    const { migrations } = await rollback({ ...target, acceptDataLoss: true, dryRun: true });
    const losses = migrations.flatMap((migration) => {
      const loses = states.find(({ name }) => name === migration)?.loses;
      return loses ? [{ migration, loses }] : [];
    });
    return { schema, to, migrations, losses };
  } catch (error) {
    throw error instanceof IrreversibleError ? forwardOnly(error, schema) : error;
  }
}

export interface FollowedRollback extends MigrationRun {
  /** Taken first; null where there was nothing to keep, or none was wanted. */
  backup: string | null;
  /** Until the migrations were taken back, the backup included, but not a verification that came after it. */
  seconds: number;
}

/**
 * Goes back as planned, after a backup; refused when the schema has moved since. The losses of the plan are taken as
 * accepted: the backup is verified before anything is lost, and afterwards where nothing is.
 * @throws OperatorError, MigrationError
 */
export async function followRollback(
  environment: Environment,
  url: string,
  plan: RollbackPlan,
  say: (line: string) => void,
  { backup = true } = {},
): Promise<FollowedRollback> {
  const start = performance.now();
  const { schema, to, migrations, losses } = plan;
  const verify = losses.length > 0;
  const target = { ...(await schemaSource(environment, schema)), url, to, acceptDataLoss: true };
  const now = await rollback({ ...target, dryRun: true });
  if (now.migrations.join() !== migrations.join()) {
    throw new OperatorError(
      `The schema ${schema} has moved since this was planned; nothing was changed.`,
      '`./gl db status` shows where it stands now.',
    );
  }
  const taken = backup
    ? await backUpBefore(environment, url, 'taking migrations back', say, { verify })
    : undefined;
  const run = await whenFree(
    () => rollback(target),
    () => say('waiting for a backup or another run of the migrations…'),
  );
  const seconds = (performance.now() - start) / 1000;
  if (taken !== undefined && !verify) await verifyAfterwards(environment, taken, say);
  return { ...run, backup: taken?.id ?? null, seconds };
}

async function verifyAfterwards(
  environment: Environment,
  taken: BackupManifest,
  say: (line: string) => void,
): Promise<void> {
  say('the migrations are taken back; verifying the backup that was taken before…');
  try {
    await verifyBackup(environment, taken);
  } catch (cause) {
    throw new OperatorError(
      `The migrations were taken back, which lost nothing, but the backup taken before does not count: ${(cause as Error).message}`,
      'Take another one now: `./gl db backup`.',
      { cause },
    );
  }
}

function chooseSchema(found: readonly SchemaStatus[], goal: RollbackGoal): SchemaStatus {
  const [only] = found;
  if (only !== undefined && goal.schema !== undefined) return only;
  const to = 'to' in goal ? goal.to : '';
  const having = found.filter((status) => to !== '0' && matching(status, to).length > 0);
  const [first, ...others] = having;
  if (first !== undefined && others.length === 0) return first;
  if (first === undefined && to !== '0') throw unknownTarget(to);
  throw new UsageError(
    `Several schemas have a migration ${to}: say which by --service ${schemas.join(' or ')}.`,
  );
}

function findTarget(status: SchemaStatus, to: string): string {
  if (to === '0') return to;
  const [name] = matching(status, to);
  if (name === undefined) throw unknownTarget(to, status.schema);
  return name;
}

function unknownTarget(to: string, schema?: string): MigrationError {
  const where = schema === undefined ? '' : ` in ${schema}`;
  return new MigrationError(`There is no applied migration ${to}${where} to go back to.`);
}

/** By its whole name or by its number, leading zeros or not. */
function matching(status: SchemaStatus, to: string): string[] {
  const number = /^\d{1,4}$/.test(to) ? `${to.padStart(4, '0')}_` : undefined;
  return appliedIn(status).filter(
    (name) => name === to || (number !== undefined && name.startsWith(number)),
  );
}

function countBack(status: SchemaStatus, steps: number): string {
  const applied = appliedIn(status);
  if (steps <= applied.length) return applied[applied.length - steps - 1] ?? '0';
  throw new MigrationError(
    `${status.schema} has ${applied.length} migrations applied: ${steps} cannot be taken back.`,
  );
}

function appliedIn({ migrations }: SchemaStatus): string[] {
  return migrations.filter(({ state }) => state !== 'pending').map(({ name }) => name);
}

function forwardOnly(error: IrreversibleError, schema: string): OperatorError {
  return new OperatorError(
    error.message,
    [
      `Fixing forward: write the next migration in services/${schema}/migrations that puts right what is wrong, and run \`./gl db migrate\`; the release before goes on working meanwhile where the migration only added.`,
      'What was there before is in the backup taken ahead of that migration: `./gl db backups` shows it, `./gl db restore ID --into NAME` puts it next to what is live, to copy from.',
    ].join('\n'),
    { cause: error },
  );
}
