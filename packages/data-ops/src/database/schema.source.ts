import type { DatabaseSource, SchemaSource } from '@gospelib/database';
import { hasRows, readMigrations } from '@gospelib/database';
import type { Environment } from '@gospelib/environment';
import { platform, schemaNames } from '@gospelib/platform';

/** Whose migrations: those of the release that runs, or of the code that asks. */
export type MigrationsOf = 'running' | 'own';

/** Schemas of PostgreSQL, in the order in which they are migrated. */
export const schemas: readonly string[] = schemaNames(platform);

/** A schema with its migrations. */
export async function schemaSource(
  environment: Environment,
  schema: string,
  of: MigrationsOf = 'own',
): Promise<SchemaSource> {
  return { schema, folder: await environment.migrations(schema, of) };
}

/** Everything of ours in a PostgreSQL, as its owner sees it. */
export async function databaseSource(
  environment: Environment,
  url: string,
  of: MigrationsOf = 'own',
): Promise<DatabaseSource> {
  return { url, schemas: await schemaSources(environment, of) };
}

/** Every schema with its migrations. */
export function schemaSources(
  environment: Environment,
  of: MigrationsOf = 'own',
): Promise<SchemaSource[]> {
  return Promise.all(schemas.map((schema) => schemaSource(environment, schema, of)));
}

/** The password of a schema's service: the migrations give it to the role, the service signs in with it. */
export function servicePassword(environment: Environment, schema: string): Promise<string> {
  return environment.secret(`${schema}-database`);
}

/** Whether there is anything that could be lost. */
export async function holdsData(url: string): Promise<boolean> {
  for (const schema of schemas) if (await hasRows(url, schema)) return true;
  return false;
}

/** The last migration of each schema in this code; `0` where a schema has none. */
export async function lastMigrations(environment: Environment): Promise<Record<string, string>> {
  const last: Record<string, string> = {};
  for (const schema of schemas) {
    const { folder } = await schemaSource(environment, schema);
    last[schema] = readMigrations(folder).at(-1)?.name ?? '0';
  }
  return last;
}
