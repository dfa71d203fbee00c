import {
  BackupDamagedError,
  type BackupManifest,
  BackupMissingError,
  type BackupStore,
  type StoredBackup,
} from '@gospelib/backup';
import pg from 'pg';
import { withOwner } from '../migration/migration.session.ts';
import { contentOf } from './backup.content.ts';
import { RestoreRefusedError } from './backup.error.ts';
import type { DatabaseSource } from './database.backup.ts';
import { loadBackup } from './database.load.ts';
import {
  databaseOf,
  isRestoreOf,
  maintenanceUrl,
  restoreName,
  retainedName,
  withDatabase,
} from './database.names.ts';
import { assertExchangeable, createStaging } from './database.staging.ts';
import { swapDatabases } from './database.swap.ts';
import { readTables } from './schema.tables.ts';
import { digestTable, TEXT_FORM } from './table.digest.ts';

export interface RestoreOptions {
  /** Restore into a new database of this name and leave the live one alone. */
  into?: string;
  /** Passwords for the services' roles, by schema: needed on a server that does not have these roles yet. */
  passwords?: Readonly<Record<string, string>>;
  /** Also a backup of which nothing proves that it is ours; its SQL is not run. */
  acceptUnproven?: boolean;
  onStep?: (step: string) => void;
}

export interface DatabaseRestore {
  /** The backup, or the retained database that was reinstated. */
  from: string;
  database: string;
  /** The name of the database that was replaced; undefined when there was none. */
  retained?: string;
  /** Rows restored; undefined when a retained database was reinstated. */
  rows?: number;
  seconds: number;
  /** How long nobody could connect. */
  unavailableMs: number;
}

/** One restore of a server at a time. */
const lockKey = '5278141303716103';

/**
 * Restores a backup into a staging database, verifies it, and swaps it with the live database, which is retained.
 * Nobody notices before the swap; stopped before it, a restore leaves only a staging database, which the next one
 * drops.
 * @param source the address, and the release's own schemas
 * @throws RestoreRefusedError, BackupMismatchError, BackupDamagedError, BackupMissingError, the errors of `pg`
 */
export async function restoreDatabase(
  { url, schemas }: DatabaseSource,
  backups: BackupStore,
  id: string,
  options: RestoreOptions = {},
): Promise<DatabaseRestore> {
  const start = performance.now();
  const backup = await openBackup(backups, id, options.acceptUnproven);
  const content = contentOf(backup.manifest);
  const live = databaseOf(url);
  const incoming = restoreName(live, new Date());
  return withRestoreLock(url, async (maintenance) => {
    if (options.into !== undefined) await assertFree(maintenance, options.into);
    else {
      const ours = content.schemas.map(({ schema }) => schema);
      await assertExchangeable(maintenance, url, ours);
    }
    await dropLeftovers(maintenance, live);
    await createStaging(maintenance, live, incoming);
    await loadBackup(withDatabase(url, incoming), backup, { ...options, schemas });
    const seconds = () => (performance.now() - start) / 1000;
    const restored = { from: id, rows: content.rows };
    if (options.into !== undefined) {
      await rename(maintenance, incoming, options.into);
      return { ...restored, database: options.into, seconds: seconds(), unavailableMs: 0 };
    }
    options.onStep?.('swapping it with the live database');
    const retained = retainedName(live, new Date());
    const why = `Replaced by the restore of ${id}`;
    const names = { live, incoming, retained, why };
    const { unavailableMs } = await swapDatabases(maintenanceUrl(url), names);
    return { ...restored, database: live, retained, seconds: seconds(), unavailableMs };
  });
}

/** A table as it is in a backup and in the database now. */
export interface TableComparison {
  table: string;
  /** Rows in the backup, and now; undefined where there is no such table. */
  backup: number | undefined;
  now: number | undefined;
  same: boolean;
}

/** What restoring this backup would undo: the tables whose rows differ from it, and since when. */
export async function compareWithBackup(
  { url, schemas }: DatabaseSource,
  manifest: BackupManifest,
): Promise<{ since: string; tables: TableComparison[] }> {
  const content = contentOf(manifest);
  const tables = await withOwner(url, async (client) => {
    await client.query(TEXT_FORM);
    const found: TableComparison[] = [];
    for (const { schema } of schemas) {
      const old = content.schemas.find((one) => one.schema === schema)?.tables ?? [];
      const shapes = await readTables(client, schema);
      const names = new Set([...old, ...shapes].map(({ table }) => table));
      for (const table of names) {
        const before = old.find((one) => one.table === table);
        const shape = shapes.find((one) => one.table === table);
        const now = shape && (await digestTable(client, schema, table, shape.columns));
        const same = before !== undefined && before.checksum === now?.checksum;
        found.push({ table: `${schema}.${table}`, backup: before?.rows, now: now?.rows, same });
      }
    }
    return found;
  });
  return { since: content.snapshotAt, tables };
}

/** @throws RestoreRefusedError when there is no whole backup of the database with this id */
export async function openBackup(
  backups: BackupStore,
  id: string,
  acceptUnproven = false,
): Promise<StoredBackup> {
  try {
    const backup = await backups.open(id, acceptUnproven);
    if (backup.manifest.kind === 'database') return backup;
  } catch (error) {
    if (error instanceof BackupDamagedError) throw new RestoreRefusedError(error.message);
    if (!(error instanceof BackupMissingError)) throw error;
  }
  throw new RestoreRefusedError(
    `There is no backup ${id} of the database in ${backups.place}; nothing was changed.`,
  );
}

/** As `withOwner` on the maintenance database, holding the lock that keeps other restores out. */
export function withRestoreLock<T>(
  url: string,
  work: (maintenance: pg.Client) => Promise<T>,
): Promise<T> {
  return withOwner(maintenanceUrl(url), async (client) => {
    const { rows } = await client.query(`SELECT pg_try_advisory_lock(${lockKey}) AS held`);
    if (rows[0]?.held === true) return work(client);
    throw new RestoreRefusedError(
      'Another restore is under way on this server; nothing was changed.',
    );
  });
}

async function assertFree(maintenance: pg.Client, name: string): Promise<void> {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) {
    throw new RestoreRefusedError(
      `"${name}" cannot name a database: use lower-case letters, digits and _, at most 63; nothing was changed.`,
    );
  }
  const found = await maintenance.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (found.rowCount === 0) return;
  throw new RestoreRefusedError(`There is a database ${name} already; nothing was changed.`);
}

/** Drops the staging databases of killed restores. Only call it while holding the restore lock. */
async function dropLeftovers(maintenance: pg.Client, live: string): Promise<void> {
  const { rows } = await maintenance.query<{ name: string }>(
    'SELECT datname AS name FROM pg_database',
  );
  for (const { name } of rows) {
    if (!isRestoreOf(live, name)) continue;
    await maintenance.query(`DROP DATABASE ${pg.escapeIdentifier(name)} WITH (FORCE)`);
  }
}

async function rename(maintenance: pg.Client, from: string, to: string): Promise<void> {
  const [old, fresh] = [pg.escapeIdentifier(from), pg.escapeIdentifier(to)];
  await maintenance.query(`ALTER DATABASE ${old} RENAME TO ${fresh}`);
}
