import pg from 'pg';
import { withOwner } from '../migration/migration.session.ts';
import { RestoreRefusedError } from './backup.error.ts';
import { asideName, databaseOf, keptSince, maintenanceUrl } from './database.names.ts';
import { type DatabaseRestore, withRestoreLock } from './database.restore.ts';
import { swapDatabases } from './database.swap.ts';

/** A database that a restore took out of service, and kept. */
export interface AsideDatabase {
  name: string;
  /** ISO 8601. */
  keptAt: string;
  why: string;
  megabytes: number;
}

/** The newest first. */
export async function listAside(url: string): Promise<AsideDatabase[]> {
  const live = databaseOf(url);
  const { rows } = await withOwner(maintenanceUrl(url), (client) =>
    client.query<{ name: string; why: string | null; bytes: string }>(
      `SELECT datname AS name, shobj_description(oid, 'pg_database') AS why, pg_database_size(oid)::text AS bytes
       FROM pg_database WHERE NOT datistemplate ORDER BY datname DESC`,
    ),
  );
  return rows.flatMap(({ name, why, bytes }) => {
    const keptAt = keptSince(live, name);
    if (keptAt === undefined) return [];
    return [{ name, keptAt, why: why ?? '', megabytes: Number(bytes) / 1e6 }];
  });
}

/** For good. @throws RestoreRefusedError for a database that no restore set aside */
export async function dropAside(url: string, name: string): Promise<void> {
  await withRestoreLock(url, async (maintenance) => {
    await find(url, name);
    await maintenance.query(`DROP DATABASE ${pg.escapeIdentifier(name)} WITH (FORCE)`);
  });
}

/** The way back from a restore: puts a database that was set aside in the place of the live one, which is set aside in turn. */
export async function putBack(url: string, name: string): Promise<DatabaseRestore> {
  const start = performance.now();
  return withRestoreLock(url, async () => {
    await find(url, name);
    const live = databaseOf(url);
    const aside = asideName(live, new Date());
    const why = `Set aside when ${name} was put back`;
    const { unavailableMs } = await swapDatabases(maintenanceUrl(url), {
      live,
      incoming: name,
      aside,
      why,
    });
    const seconds = (performance.now() - start) / 1000;
    return { from: name, database: live, aside, seconds, unavailableMs };
  });
}

async function find(url: string, name: string): Promise<void> {
  const list = await listAside(url);
  if (list.some((aside) => aside.name === name)) return;
  const others = list.map((aside) => aside.name).join(', ') || 'none';
  throw new RestoreRefusedError(
    `No restore set a database ${name} aside (there are: ${others}); nothing was changed.`,
  );
}
