import { type MigrationState, migrationStatus } from '@gospelib/database';
import type { Config } from '../config.ts';
import { type SchemaName, schemaNames, schemaSource } from '../supervisor/schemas.ts';

/** Where a schema stands against this release. */
export interface SchemaStatus {
  schema: SchemaName;
  /** The newest migration applied; null when there is none. */
  at: string | null;
  pending: number;
  migrations: MigrationState[];
}

/** Every schema, or one. Changes nothing. @throws the errors of `pg` */
export async function readSchemas(
  config: Config,
  url: string,
  only?: SchemaName,
): Promise<SchemaStatus[]> {
  const wanted = only === undefined ? schemaNames : [only];
  const found: SchemaStatus[] = [];
  for (const schema of wanted) {
    const migrations = await migrationStatus({ ...schemaSource(config, schema), url });
    const applied = migrations.filter(({ state }) => state !== 'pending');
    found.push({
      schema,
      at: applied.at(-1)?.name ?? null,
      pending: migrations.length - applied.length,
      migrations,
    });
  }
  return found;
}
