import type { BackupManifest, DamagedBackup } from '@gospelib/backup';
import {
  compareWithBackup,
  type DatabaseRestore,
  databaseBackupContent,
  restoreDatabase,
  type TableComparison,
} from '@gospelib/database';
import type { Environment } from '@gospelib/environment';
import { findBackup } from '../backup/backup.choice.ts';
import { openBackups } from '../backup/backup.place.ts';
import { databaseSource, schemas, servicePassword } from './schema.source.ts';
import { readSchemas } from './schema.status.ts';

/** What a restore would do, found out without changing anything. */
export interface RestorePlan {
  id: string;
  /** ISO 8601: what was committed later is not in it. */
  since: string;
  rows: number;
  /** Not in the place of the live one, but next to it, as a database of this name. */
  into?: string;
  /** Tables that hold rows now which are not those of the backup. */
  losses: TableComparison[];
  /** Newer ones, verified once and rotten now: what was written between this one and them is lost, too. */
  skipped: DamagedBackup[];
  /** Nothing proves that it is ours, and that was accepted. */
  unproven: boolean;
}

export interface RestoreWish {
  /** Not in the place of the live one, but next to it, as a database of this name. */
  into?: string | undefined;
  /** Also a backup of which nothing proves that it is ours. */
  acceptUnproven?: boolean | undefined;
}

export interface FollowedRestore extends DatabaseRestore {
  /** Migrations of this release that what was restored lacks, by schema. */
  pending: { schema: string; migrations: string[] }[];
}

/**
 * Plans a restore of a backup, or of the `latest` verified one whose files are what was written.
 * @throws OperatorError when there is no such backup, or nothing proves that it is ours
 */
export async function planRestore(
  environment: Environment,
  url: string,
  id: string,
  { into, acceptUnproven = false }: RestoreWish = {},
): Promise<RestorePlan> {
  const { manifest, ...found } = await findBackup(environment, 'database', id, acceptUnproven);
  const { snapshotAt, rows } = databaseBackupContent.parse(manifest.content);
  const plan = { id: manifest.id, since: snapshotAt, rows, ...found };
  if (into !== undefined) return { ...plan, into, losses: [] };
  return { ...plan, losses: await findLosses(environment, url, manifest) };
}

async function findLosses(
  environment: Environment,
  url: string,
  manifest: BackupManifest,
): Promise<TableComparison[]> {
  try {
    const { tables } = await compareWithBackup(await databaseSource(environment, url), manifest);
    return tables.filter(({ same, now = 0 }) => !same && now > 0);
  } catch (error) {
    // 3D000: there is no such database, and so nothing in it.
    if ((error as { code?: unknown }).code === '3D000') return [];
    throw error;
  }
}

/**
 * Restores as planned; what stood there is retained.
 * @param keepPasswords roles of services keep those that they have: where this process is not told them
 * @throws what `restoreDatabase` throws
 */
export async function followRestore(
  environment: Environment,
  url: string,
  { id, into, unproven }: RestorePlan,
  say: (line: string) => void,
  keepPasswords = false,
): Promise<FollowedRestore> {
  const passwords: Record<string, string> = {};
  for (const schema of keepPasswords ? [] : schemas) {
    passwords[schema] = await servicePassword(environment, schema);
  }
  const options = {
    passwords,
    onStep: say,
    acceptUnproven: unproven,
    ...(into !== undefined && { into }),
  };
  const source = await databaseSource(environment, url);
  const restored = await restoreDatabase(source, openBackups(environment), id, options);
  const there = new URL(url);
  there.pathname = `/${encodeURIComponent(restored.database)}`;
  const found = await readSchemas(environment, there.href);
  const pending = found.flatMap(({ schema, migrations }) => {
    const lacking = migrations.filter(({ state }) => state === 'pending').map(({ name }) => name);
    return lacking.length === 0 ? [] : [{ schema, migrations: lacking }];
  });
  return { ...restored, pending };
}
