import { OperatorError } from '@gospelib/cli-kit';
import { MigrationError, type MigrationRun, migrate } from '@gospelib/database';
import type { Config } from '../config.ts';
import { backUpBefore } from '../database/database.backup.ts';
import { whenFree } from '../database/migration.lock.ts';
import { readSchemas } from '../database/schema.status.ts';
import { type SchemaName, schemaNames, schemaSource, servicePassword } from './schemas.ts';

export interface MigrationJob {
  /** Default: every schema. */
  only?: SchemaName | undefined;
  /** Only says what would be done. */
  dryRun?: boolean | undefined;
  /** Whether a backup is taken first where something is pending and there is something to lose. Default true. */
  backup?: boolean | undefined;
}

/**
 * Brings every schema to this release, before the services that own them start, and gives their roles their passwords.
 * @throws OperatorError that says where it stands
 */
export async function migrateAll(
  config: Config,
  ownerUrl: string,
  say: (line: string) => void,
  { only, dryRun = false, backup = true }: MigrationJob = {},
): Promise<MigrationRun[]> {
  if (backup && !dryRun) await backUpPending(config, ownerUrl, say, only);
  const runs: MigrationRun[] = [];
  for (const schema of only === undefined ? schemaNames : [only]) {
    const source = schemaSource(config, schema);
    const role = { password: servicePassword(config, schema) };
    try {
      const run = await whenFree(
        () => migrate({ ...source, url: ownerUrl, role, dryRun }),
        () => say(`${schema}: waiting for a backup or another run of the migrations…`),
      );
      if (!dryRun) for (const name of run.migrations) say(`${schema}: migrated to ${name}`);
      runs.push(run);
    } catch (error) {
      const expected = error instanceof MigrationError;
      throw new OperatorError(
        `The schema ${schema} could not be migrated: ${(error as Error).message}`,
        expected
          ? '`./gl db status` shows where it stands; what failed was undone.'
          : 'PostgreSQL must answer and the role in DATABASE_URL must own the database.',
        { cause: error },
      );
    }
  }
  return runs;
}

async function backUpPending(
  config: Config,
  ownerUrl: string,
  say: (line: string) => void,
  only: SchemaName | undefined,
): Promise<void> {
  const schemas = await readSchemas(config, ownerUrl, only);
  if (schemas.some(({ pending }) => pending > 0)) {
    await backUpBefore(config, ownerUrl, 'migrating', say);
  }
}
