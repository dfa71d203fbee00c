import { pipeline } from 'node:stream/promises';
import type { BackupStore } from '@gospelib/backup';
import pg from 'pg';
import { migrate } from '../migration/migrate.ts';
import { withOwner } from '../migration/migration.session.ts';
import { databaseBackupContent } from './backup.content.ts';
import { BackupMismatchError } from './backup.error.ts';
import type { DatabaseSource } from './database.backup.ts';
import { loadBackup } from './database.load.ts';
import {
  databaseOf,
  maintenanceUrl,
  restoreName,
  retainedName,
  withDatabase,
} from './database.names.ts';
import {
  type DatabaseRestore,
  dropLeftovers,
  openBackup,
  type RestoreOptions,
  withRestoreLock,
} from './database.restore.ts';
import { assertExchangeable, createStaging } from './database.staging.ts';
import { swapDatabases } from './database.swap.ts';
import { readSequences, readTables, type TableShape } from './schema.tables.ts';
import { withoutConstraints } from './table.constraints.ts';
import { digestTable, qualified, TEXT_FORM } from './table.digest.ts';

export interface TablesRestore extends DatabaseRestore {
  /** `schema.table`: the tables whose rows come from the backup: lost ones, and those that refer to a lost one. */
  tables: string[];
  /** ISO 8601: anything written to these tables after it is lost. */
  since: string;
}

/**
 * Brings dropped tables back and keeps everything written to the other tables since. A staging database is made from
 * the backup and the migrations, the other tables' present rows are copied into it while writers wait, and it is
 * swapped
 * with the live one, which is retained. Stopped before the swap, nothing has changed.
 * @param lost `schema.table`
 * @throws RestoreRefusedError, BackupMismatchError, BackupDamagedError, MigrationError, the errors of `pg`
 */
export async function restoreTables(
  { url, schemas }: DatabaseSource,
  backups: BackupStore,
  id: string,
  lost: readonly string[],
  options: Omit<RestoreOptions, 'into'> = {},
): Promise<TablesRestore> {
  const start = performance.now();
  const backup = await openBackup(backups, id);
  const content = databaseBackupContent.parse(backup.manifest.content);
  const live = databaseOf(url);
  const incoming = restoreName(live, new Date());
  const incomingUrl = withDatabase(url, incoming);
  return withRestoreLock(url, async (maintenance) => {
    await dropLeftovers(maintenance, live);
    await assertExchangeable(
      maintenance,
      url,
      schemas.map(({ schema }) => schema),
    );
    await createStaging(maintenance, live, incoming);
    await loadBackup(incomingUrl, backup, { ...options, schemas });
    // The backup may be older than the last migration.
    for (const schema of schemas) await migrate({ ...schema, url: incomingUrl });
    const holder = new pg.Client({ connectionString: url, lock_timeout: 5_000 });
    holder.on('error', () => undefined);
    await holder.connect();
    try {
      await holder.query(`${TEXT_FORM}; BEGIN`);
      const tables = await withOwner(incomingUrl, async (client) => {
        await client.query(`${TEXT_FORM}; BEGIN`);
        const from: string[] = [];
        for (const { schema } of schemas) {
          const references = await readReferences(client, schema);
          const filling = () => fill(holder, client, schema, lost, references);
          from.push(...(await withoutConstraints(client, schema, filling)));
        }
        await client.query('COMMIT; ANALYZE');
        return from;
      });
      options.onStep?.('swapping it with the live database');
      const retained = retainedName(live, new Date());
      const why = `Replaced when tables were restored from ${id}`;
      const names = { live, incoming, retained, why };
      const { unavailableMs } = await swapDatabases(maintenanceUrl(url), names, holder);
      const seconds = (performance.now() - start) / 1000;
      const { snapshotAt: since } = content;
      return { from: id, database: live, retained, seconds, unavailableMs, tables, since };
    } finally {
      await holder.end();
    }
  });
}

/** Fills every table that is not lost with its rows in the live database. @returns the lost tables */
async function fill(
  live: pg.Client,
  incoming: pg.Client,
  schema: string,
  lost: readonly string[],
  references: readonly Reference[],
): Promise<string[]> {
  const [made, there] = [await readTables(incoming, schema), await readTables(live, schema)];
  const gone = withReferring(
    made.map(({ table }) => table).filter((table) => lost.includes(`${schema}.${table}`)),
    references,
  );
  const kept = made.filter(({ table }) => !gone.has(table) && table !== 'migrations');
  for (const { table } of kept) {
    if (there.some((one) => one.table === table)) continue;
    throw new BackupMismatchError(`${schema}.${table} is missing, too: name it as lost as well.`);
  }
  if (kept.length > 0) {
    const names = kept.map(({ table }) => qualified(schema, table)).join(', ');
    // Readers go on; writers wait, and then see their connection break.
    await live.query(`LOCK TABLE ${names} IN SHARE MODE`);
  }
  for (const shape of kept) await copyAcross(live, incoming, schema, shape);
  for (const { child, parent, condition } of references) {
    if (!gone.has(child) || gone.has(parent)) continue;
    // The row that it refers to was deleted after the backup.
    await incoming.query(
      `DELETE FROM ${qualified(schema, child)} c WHERE NOT EXISTS (SELECT FROM ${qualified(schema, parent)} p WHERE ${condition})`,
    );
  }
  for (const { sequence, lastValue, isCalled } of await readSequences(live, schema)) {
    const values = [qualified(schema, sequence), lastValue, isCalled];
    await incoming.query('SELECT setval($1::regclass, $2, $3)', values);
  }
  return [...gone].map((table) => `${schema}.${table}`);
}

async function copyAcross(
  live: pg.Client,
  incoming: pg.Client,
  schema: string,
  { table, columns }: TableShape,
): Promise<void> {
  const { from, to } = await import('pg-copy-streams');
  const name = qualified(schema, table);
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  await incoming.query(`DELETE FROM ${name}`);
  await pipeline(
    live.query(to(`COPY ${name} (${list}) TO STDOUT`)),
    incoming.query(from(`COPY ${name} (${list}) FROM STDIN`)),
  );
  const [before, after] = [
    await digestTable(live, schema, table, columns),
    await digestTable(incoming, schema, table, columns),
  ];
  if (before.checksum === after.checksum) return;
  throw new BackupMismatchError(
    `${schema}.${table} was copied with ${after.rows} rows for ${before.rows}, or with other content.`,
  );
}

interface Reference {
  child: string;
  parent: string;
  /** SQL: `c` refers to `p`, or to nothing. */
  condition: string;
}

async function readReferences(client: pg.Client, schema: string): Promise<Reference[]> {
  const { rows } = await client.query<Reference>(
    `SELECT c.relname AS child, p.relname AS parent,
       (SELECT string_agg(format('(c.%I = p.%I OR c.%I IS NULL)', ca.attname, pa.attname, ca.attname), ' AND ')
        FROM unnest(k.conkey, k.confkey) AS pair(child, parent)
        JOIN pg_attribute ca ON ca.attrelid = k.conrelid AND ca.attnum = pair.child
        JOIN pg_attribute pa ON pa.attrelid = k.confrelid AND pa.attnum = pair.parent) AS condition
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND k.contype = 'f' AND k.conrelid <> k.confrelid`,
    [schema],
  );
  return rows;
}

/** Tables that refer to a lost table come from the backup, too. */
function withReferring(tables: readonly string[], references: readonly Reference[]): Set<string> {
  const all = new Set(tables);
  for (let before = -1; before < all.size; ) {
    before = all.size;
    for (const { child, parent } of references) if (all.has(parent)) all.add(child);
  }
  return all;
}
