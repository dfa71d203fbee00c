import { OperatorError } from '@gospelib/cli-kit';
import { MigrationError, type MigrationRun, migrate } from '@gospelib/database';
import type { Environment } from '@gospelib/environment';
import { backUpBefore } from './database.backup.ts';
import { whenFree } from './migration.lock.ts';
import { schemaSource, schemas, servicePassword } from './schema.source.ts';
import { readSchemas } from './schema.status.ts';

export interface MigrationJob {
  /** Default: every schema. */
  only?: string | undefined;
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
  environment: Environment,
  ownerUrl: string,
  say: (line: string) => void,
  { only, dryRun = false, backup = true }: MigrationJob = {},
): Promise<MigrationRun[]> {
  if (backup && !dryRun) await backUpPending(environment, ownerUrl, say, only);
  const runs: MigrationRun[] = [];
  for (const schema of only === undefined ? schemas : [only]) {
    const source = await schemaSource(environment, schema);
    const role = { password: await servicePassword(environment, schema) };
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
  environment: Environment,
  ownerUrl: string,
  say: (line: string) => void,
  only: string | undefined,
): Promise<void> {
  const found = await readSchemas(environment, ownerUrl, only);
  if (found.some(({ pending }) => pending > 0)) {
    await backUpBefore(environment, ownerUrl, 'migrating', say);
  }
}
