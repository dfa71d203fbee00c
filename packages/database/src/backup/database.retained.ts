import pg from 'pg';
import { withOwner } from '../migration/migration.session.ts';
import { RestoreRefusedError } from './backup.error.ts';
import { databaseOf, maintenanceUrl, retainedName, retainedSince } from './database.names.ts';
import { type DatabaseRestore, withRestoreLock } from './database.restore.ts';
import { swapDatabases } from './database.swap.ts';

/** A database that a restore replaced and retained. */
export interface RetainedDatabase {
  name: string;
  /** ISO 8601. */
  keptAt: string;
  why: string;
  megabytes: number;
}

/** Newest first. */
export async function listRetained(url: string): Promise<RetainedDatabase[]> {
  const live = databaseOf(url);
  const { rows } = await withOwner(maintenanceUrl(url), (client) =>
    client.query<{ name: string; why: string | null; bytes: string }>(
      `SELECT datname AS name, shobj_description(oid, 'pg_database') AS why, pg_database_size(oid)::text AS bytes
       FROM pg_database WHERE NOT datistemplate ORDER BY datname DESC`,
    ),
  );
  return rows.flatMap(({ name, why, bytes }) => {
    const keptAt = retainedSince(live, name);
    if (keptAt === undefined) return [];
    return [{ name, keptAt, why: why ?? '', megabytes: Number(bytes) / 1e6 }];
  });
}

/** Drops a retained database for good. @throws RestoreRefusedError for any other database */
export async function dropRetained(url: string, name: string): Promise<void> {
  await withRestoreLock(url, async (maintenance) => {
    await find(url, name);
    await maintenance.query(`DROP DATABASE ${pg.escapeIdentifier(name)} WITH (FORCE)`);
  });
}

/** Undoes a restore: a retained database becomes the live one, and the live one is retained in turn. */
export async function reinstateRetained(url: string, name: string): Promise<DatabaseRestore> {
  const start = performance.now();
  return withRestoreLock(url, async () => {
    await find(url, name);
    const live = databaseOf(url);
    const retained = retainedName(live, new Date());
    const why = `Replaced when ${name} was reinstated`;
    const { unavailableMs } = await swapDatabases(maintenanceUrl(url), {
      live,
      incoming: name,
      retained,
      why,
    });
    const seconds = (performance.now() - start) / 1000;
    return { from: name, database: live, retained, seconds, unavailableMs };
  });
}

async function find(url: string, name: string): Promise<void> {
  const list = await listRetained(url);
  if (list.some((database) => database.name === name)) return;
  const others = list.map((database) => database.name).join(', ') || 'none';
  throw new RestoreRefusedError(
    `No restore retained a database ${name} (retained: ${others}); nothing was changed.`,
  );
}
