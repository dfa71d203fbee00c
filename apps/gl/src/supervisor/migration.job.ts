import { MigrationError, migrate } from '@gospelib/database';
import { StoreError } from '@gospelib/stores';
import type { Config } from '../config.ts';
import { schemaNames, schemaSource, servicePassword } from './schemas.ts';

/**
 * Brings every schema to this release, before the services that own them start, and gives their roles their passwords.
 * @throws StoreError that says where it stands
 */
export async function migrateAll(
  config: Config,
  ownerUrl: string,
  say: (line: string) => void,
): Promise<void> {
  for (const schema of schemaNames) {
    const source = schemaSource(config, schema);
    const role = { password: servicePassword(config, schema) };
    try {
      const { migrations } = await migrate({ ...source, url: ownerUrl, role });
      for (const name of migrations) say(`${schema}: migrated to ${name}`);
    } catch (error) {
      const expected = error instanceof MigrationError;
      throw new StoreError(
        `The schema ${schema} could not be migrated: ${(error as Error).message}`,
        expected
          ? '`./gl db status` shows where it stands; what failed was undone.'
          : 'PostgreSQL must answer and the role in DATABASE_URL must own the database.',
        { cause: error },
      );
    }
  }
}
