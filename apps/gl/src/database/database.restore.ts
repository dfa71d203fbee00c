import type { BackupManifest } from '@gospelib/backup';
import { OperatorError } from '@gospelib/cli-kit';
import {
  compareWithBackup,
  type DatabaseRestore,
  databaseBackupContent,
  restoreDatabase,
  type TableComparison,
} from '@gospelib/database';
import { openBackups } from '../backups.ts';
import type { Config } from '../config.ts';
import { schemaNames, servicePassword } from '../supervisor/schemas.ts';
import { databaseSource } from './database.source.ts';
import { readSchemas } from './schema.status.ts';

/** What a restore would do, found out without changing anything. */
export interface RestorePlan {
  id: string;
  /** ISO 8601: what was committed later is not in it. */
  since: string;
  rows: number;
  /** Only beside, as a database of this name. */
  into?: string;
  /** Tables that hold rows now which are not those of the backup. */
  losses: TableComparison[];
}

export interface FollowedRestore extends DatabaseRestore {
  /** Migrations of this release that what was restored lacks, by schema. */
  pending: { schema: string; migrations: string[] }[];
}

/**
 * Plans a restore of a backup, or of the `latest` verified one.
 * @throws OperatorError when there is no such backup
 */
export async function planRestore(
  config: Config,
  url: string,
  id: string,
  into?: string,
): Promise<RestorePlan> {
  const manifest = await findBackup(config, id);
  const { snapshotAt, rows } = databaseBackupContent.parse(manifest.content);
  const plan = { id: manifest.id, since: snapshotAt, rows };
  if (into !== undefined) return { ...plan, into, losses: [] };
  return { ...plan, losses: await findLosses(config, url, manifest) };
}

async function findLosses(
  config: Config,
  url: string,
  manifest: BackupManifest,
): Promise<TableComparison[]> {
  try {
    const { tables } = await compareWithBackup(databaseSource(config, url), manifest);
    return tables.filter(({ same, now = 0 }) => !same && now > 0);
  } catch (error) {
    // 3D000: there is no such database, and so nothing in it.
    if ((error as { code?: unknown }).code === '3D000') return [];
    throw error;
  }
}

/** Restores as planned; what stood there is kept aside. @throws what `restoreDatabase` throws */
export async function followRestore(
  config: Config,
  url: string,
  { id, into }: RestorePlan,
  say: (line: string) => void,
): Promise<FollowedRestore> {
  const passwords = Object.fromEntries(
    schemaNames.map((schema) => [schema, servicePassword(config, schema)]),
  );
  const options = { passwords, onStep: say, ...(into !== undefined && { into }) };
  const restored = await restoreDatabase(url, openBackups(config), id, options);
  const there = new URL(url);
  there.pathname = `/${encodeURIComponent(restored.database)}`;
  const schemas = await readSchemas(config, there.href);
  const pending = schemas.flatMap(({ schema, migrations }) => {
    const lacking = migrations.filter(({ state }) => state === 'pending').map(({ name }) => name);
    return lacking.length === 0 ? [] : [{ schema, migrations: lacking }];
  });
  return { ...restored, pending };
}

async function findBackup(config: Config, id: string): Promise<BackupManifest> {
  const store = openBackups(config);
  const { whole, damaged } = await store.survey();
  const backups = whole.filter(({ kind }) => kind === 'database');
  const found = backups.find((backup) =>
    id === 'latest' ? backup.verified !== undefined : backup.id === id,
  );
  if (found !== undefined) return found;
  const damage = damaged.find((backup) => backup.id === id);
  const what = id === 'latest' ? 'no verified backup' : `no backup ${id}`;
  throw new OperatorError(
    damage?.reason ?? `There is ${what} of the database in ${store.place}; nothing was changed.`,
    '`./gl db backups` shows what there is.',
  );
}
