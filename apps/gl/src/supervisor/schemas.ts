import { join } from 'node:path';
import type { SchemaSource } from '@gospelib/database';
import type { Config } from '../config.ts';
import { secretOf } from './secrets.ts';

/** Schemas in PostgreSQL, in the order in which they are migrated; each belongs to the service of its name. */
export const schemaNames = ['accounts', 'study'] as const;
export type SchemaName = (typeof schemaNames)[number];

/** A schema with the migrations of its service. */
export function schemaSource(config: Config, schema: SchemaName): SchemaSource {
  return { schema, folder: join(config.root, 'services', schema, 'migrations') };
}

/** The password of a schema's service: the migrations give it to the role, the service signs in with it. */
export function servicePassword(config: Config, schema: SchemaName): string {
  return secretOf(config, `${schema}-database`);
}

/** The address a service connects to: the owner's, but with the service's own role. */
export function databaseUrlFor(config: Config, schema: SchemaName, ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = `${schema}_service`;
  url.password = servicePassword(config, schema);
  return url.href;
}
