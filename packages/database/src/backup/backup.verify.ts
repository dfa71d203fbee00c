import type { BackupManifest, BackupStore } from '@gospelib/backup';
import type { SchemaSource } from '../migration/migrate.ts';
import { withOwner } from '../migration/migration.session.ts';
import { loadBackup, type ScratchDatabase } from './database.load.ts';

export interface VerifyOptions {
  /** The release's own schemas. */
  schemas: readonly SchemaSource[];
  /** The server into which the backup is restored. */
  scratch: ScratchDatabase;
  onStep?: (step: string) => void;
}

/**
 * Restores a backup into a scratch server, compares every table, and marks the backup verified.
 * @throws BackupMismatchError, BackupDamagedError
 */
export async function verifyDatabaseBackup(
  backups: BackupStore,
  manifest: BackupManifest,
  { schemas, scratch, onStep }: VerifyOptions,
): Promise<BackupManifest> {
  const start = performance.now();
  const backup = await backups.open(manifest.id);
  const server = await scratch();
  try {
    await loadBackup(server.url, backup, { schemas, ...(onStep && { onStep }) });
    const engine = await withOwner(server.url, async (client) => {
      const { rows } = await client.query<{ version: string }>(
        "SELECT current_setting('server_version') AS version",
      );
      return `postgresql ${rows[0]?.version}`;
    });
    const seconds = (performance.now() - start) / 1000;
    return await backups.markVerified(manifest.id, {
      at: new Date().toISOString(),
      seconds,
      engine,
    });
  } finally {
    await server.stop();
  }
}
