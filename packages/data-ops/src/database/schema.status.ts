import { type MigrationState, migrationStatus } from '@gospelib/database';
import type { Environment } from '@gospelib/environment';
import { schemaSource, schemas } from './schema.source.ts';

/** Where a schema stands against this release. */
export interface SchemaStatus {
  schema: string;
  /** The newest migration applied; null when there is none. */
  at: string | null;
  pending: number;
  migrations: MigrationState[];
}

/** Every schema, or one. Changes nothing. @throws the errors of `pg` */
export async function readSchemas(
  environment: Environment,
  url: string,
  only?: string,
): Promise<SchemaStatus[]> {
  const wanted = only === undefined ? schemas : [only];
  const found: SchemaStatus[] = [];
  for (const schema of wanted) {
    const migrations = await migrationStatus({ ...(await schemaSource(environment, schema)), url });
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
