import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import type { BackupStore } from '@gospelib/backup';
import pg from 'pg';
import { contentOf, type TableBackup } from '../backup/backup.content.ts';
import { BackupMismatchError } from '../backup/backup.error.ts';
import { openBackup } from '../backup/database.restore.ts';
import { digestTable } from '../backup/table.digest.ts';

/** Rows of a backup, table by table. None of its SQL is run. */
export interface BackupRows {
  id: string;
  /** ISO 8601: what was committed later is not in it. */
  since: string;
  /** The migrations that were applied in a schema. */
  migrations(schema: string): string[];
  /**
   * Copies a table into the temporary table `refill` of a transaction, every column as text, and compares the checksum.
   * @returns undefined when the backup does not have the table
   * @throws BackupMismatchError, BackupDamagedError
   */
  load(client: pg.Client, schema: string, table: string): Promise<TableBackup | undefined>;
}

/** @throws RestoreRefusedError when there is no whole backup of the database with this id */
export async function openBackupRows(backups: BackupStore, id: string): Promise<BackupRows> {
  const backup = await openBackup(backups, id);
  const { schemas, snapshotAt } = contentOf(backup.manifest);
  return {
    id,
    since: snapshotAt,
    migrations: (schema) =>
      schemas.find((one) => one.schema === schema)?.migrations.map(({ name }) => name) ?? [],
    load: async (client, schema, table) => {
      const tables = schemas.find((one) => one.schema === schema)?.tables ?? [];
      const found = tables.find((one) => one.table === table);
      if (found === undefined) return undefined;
      const { from } = await import('pg-copy-streams');
      const columns = found.columns.map((column) => `${pg.escapeIdentifier(column)} text`);
      await client.query(
        `DROP TABLE IF EXISTS pg_temp.refill; CREATE TEMP TABLE refill (${columns.join(', ')}) ON COMMIT DROP`,
      );
      const stored = await backup.read(found.file);
      const lines = client.query(from('COPY pg_temp.refill FROM STDIN'));
      await pipeline(stored, createZstdDecompress(), lines);
      const { checksum } = await digestTable(client, 'pg_temp', 'refill', found.columns);
      if (checksum === found.checksum) return found;
      throw new BackupMismatchError(
        `${schema}.${table} came out of ${id} with other rows than were put in; nothing was changed.`,
      );
    },
  };
}
