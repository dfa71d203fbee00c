import { type DatabaseSource, hasRows } from '@gospelib/database';
import type { Config } from '../config.ts';
import { schemaNames, schemaSource } from '../supervisor/schemas.ts';

/** Everything of ours in a PostgreSQL, as its owner sees it. */
export function databaseSource(config: Config, url: string): DatabaseSource {
  return { url, schemas: schemaNames.map((schema) => schemaSource(config, schema)) };
}

/** Whether there is anything that could be lost. */
export async function holdsData(url: string): Promise<boolean> {
  for (const schema of schemaNames) if (await hasRows(url, schema)) return true;
  return false;
}
