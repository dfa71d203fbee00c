import type pg from 'pg';
import { findContracting } from './migration.contract.ts';
import {
  ContractingError,
  DataLossError,
  IrreversibleError,
  MigrationError,
} from './migration.error.ts';
import { type Migration, readMigrations } from './migration.files.ts';
import { runMigrations } from './migration.runner.ts';
import { withLock, withOwner } from './migration.session.ts';
import { ensureRole, protectList, type ServiceRole } from './service.role.ts';

/** The schema of one service and its migrations. */
export interface SchemaSource {
  schema: string;
  /** The folder with its migrations. */
  folder: string;
}

export interface MigrationTarget extends SchemaSource {
  /** The address, with the role that owns the schema. */
  url: string;
}

/** One migration and its state in a database. */
export interface MigrationState {
  name: string;
  /** `unknown`: applied, but not part of this release (an older release on a newer schema). */
  state: 'applied' | 'pending' | 'unknown';
  reversible: boolean | null;
  /** The data that going down loses; null for none. */
  loses: string | null;
}

/** The migrations that a run applied or rolled back, or with `dryRun` would, in order. */
export interface MigrationRun {
  schema: string;
  direction: 'up' | 'down';
  dryRun: boolean;
  migrations: string[];
}

/** Every migration and whether it is applied. Changes nothing, takes no lock. */
export async function migrationStatus(target: MigrationTarget): Promise<MigrationState[]> {
  const known = readMigrations(target.folder);
  const applied = await withOwner(target.url, (client) => readApplied(client, target.schema));
  return [
    ...known.map(({ name, reversible, loses }) => ({
      name,
      state: applied.includes(name) ? ('applied' as const) : ('pending' as const),
      reversible,
      loses: loses ?? null,
    })),
    ...applied
      .filter((name) => !known.some((migration) => migration.name === name))
      .map((name) => ({ name, state: 'unknown' as const, reversible: null, loses: null })),
  ];
}

/**
 * Applies every pending migration, each in its own transaction; the first that fails is undone and ends the run.
 * Also creates the schema and its service's role, and sets that role's password.
 * With `expandOnly` nothing is applied when one of them takes away what the release that serves may use.
 * @throws MigrationLockedError, ContractingError, MigrationError
 */
export async function migrate(
  target: MigrationTarget & { role?: ServiceRole; dryRun?: boolean; expandOnly?: boolean },
): Promise<MigrationRun> {
  const { url, schema, folder, role = {}, dryRun = false, expandOnly = false } = target;
  const known = readMigrations(folder);
  const pendingAmong = (applied: readonly string[]): string[] =>
    known.map(({ name }) => name).filter((name) => !applied.includes(name));
  const run = (migrations: string[]): MigrationRun => ({
    schema,
    direction: 'up',
    dryRun,
    migrations,
  });
  if (dryRun) {
    return run(pendingAmong(await withOwner(url, (client) => readApplied(client, schema))));
  }
  return withLock(url, async (client) => {
    const applied = await readApplied(client, schema);
    const pending = pendingAmong(applied);
    // An empty schema serves nobody.
    if (expandOnly && applied.length > 0) refuseContracting(known, pending);
    await ensureRole(client, schema, role);
    await step(client, target, known, 'up', pending.length);
    await protectList(client, schema);
    return run(pending);
  });
}

function refuseContracting(known: readonly Migration[], pending: readonly string[]): void {
  const parts = known
    .filter(({ name }) => pending.includes(name))
    .flatMap(({ name, up }) => findContracting(up).map((part) => `${name}: ${part}`));
  if (parts.length === 0) return;
  throw new ContractingError(
    `The release that serves may still use what these migrations take away: ${parts.join('; ')}. Nothing was changed. ` +
      'Release without them; when no release that knows the old form can come back, apply them by ./gl db migrate.',
  );
}

/**
 * Rolls back every migration after `to` (`'0'`: all of them), newest first, each in its own transaction.
 * Refuses before changing anything when one of them is irreversible or loses data without `acceptDataLoss`.
 * @throws IrreversibleError, DataLossError, MigrationLockedError, MigrationError
 */
export async function rollback(
  target: MigrationTarget & { to: string; acceptDataLoss?: boolean; dryRun?: boolean },
): Promise<MigrationRun> {
  const { url, schema, folder, to, acceptDataLoss = false, dryRun = false } = target;
  const known = readMigrations(folder);
  const open = dryRun ? withOwner : withLock;
  return open(url, async (client) => {
    const undone = chooseUndone(known, await readApplied(client, schema), to, acceptDataLoss);
    if (!dryRun && undone.length > 0) await step(client, target, known, 'down', undone.length);
    return { schema, direction: 'down', dryRun, migrations: undone };
  });
}

function chooseUndone(
  known: readonly Migration[],
  applied: readonly string[],
  to: string,
  acceptDataLoss: boolean,
): string[] {
  if (to !== '0' && !applied.includes(to)) {
    throw new MigrationError(`There is no applied migration ${to} to go back to.`);
  }
  const undone = applied.slice(applied.indexOf(to) + 1).reverse();
  const steps = undone.map((name) => {
    const migration = known.find((one) => one.name === name);
    if (migration) return migration;
    throw new MigrationError(
      `Migration ${name} is applied but not part of this release: roll it back with the release that brought it.`,
    );
  });
  const stuck = steps.find((migration) => !migration.reversible);
  if (stuck) {
    throw new IrreversibleError(
      `Migration ${stuck.name} cannot be undone (${stuck.reason}). Fix forward with a new migration; nothing was changed.`,
    );
  }
  const losses = steps.flatMap(({ name, loses }) => (loses ? [`${name} loses ${loses}`] : []));
  if (losses.length > 0 && !acceptDataLoss) {
    throw new DataLossError(
      `Rolling back loses data: ${losses.join('; ')}. Back it up, then accept the loss explicitly; nothing was changed.`,
    );
  }
  return undone;
}

/** Names in the order in which they were applied; empty when the schema was never migrated. */
export async function readApplied(client: pg.Client, schema: string): Promise<string[]> {
  const table = `"${schema}".migrations`;
  const { rows } = await client.query('SELECT to_regclass($1) IS NOT NULL AS there', [table]);
  if (rows[0]?.there !== true) return [];
  const list = await client.query<{ name: string }>(`SELECT name FROM ${table} ORDER BY id`);
  return list.rows.map(({ name }) => name);
}

async function step(
  client: pg.Client,
  { schema, folder }: SchemaSource,
  known: readonly Migration[],
  direction: 'up' | 'down',
  count: number,
): Promise<void> {
  try {
    await runMigrations(client, schema, folder, known, direction, count);
  } catch (cause) {
    const reached = (await readAppliedQuietly(client, schema)) ?? [];
    const at = reached.at(-1) ?? 'none';
    throw new MigrationError(
      `Going ${direction} failed: ${(cause as Error).message} The schema ${schema} is at: ${at}.`,
      { cause },
    );
  }
}

/** Undefined when the connection is lost: after a failure it may be, or be in a failed transaction. */
async function readAppliedQuietly(
  client: pg.Client,
  schema: string,
): Promise<string[] | undefined> {
  try {
    await client.query('ROLLBACK');
    return await readApplied(client, schema);
  } catch {
    return undefined;
  }
}
