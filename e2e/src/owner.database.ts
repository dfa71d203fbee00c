import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Place } from './platform.ts';

/** The address of PostgreSQL for who owns the machine: past every rule about whose rows are whose. */
export async function ownerUrl({ data, portBase }: Place): Promise<string> {
  const password = await readFile(join(data, 'stores/postgresql/secret'), 'utf8');
  return `postgresql://gospelib:${password.trim()}@127.0.0.1:${portBase + 52}/gospelib`;
}

/** Does something in PostgreSQL as only the machine's owner can. */
export async function withOwner<T>(
  place: Place,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: await ownerUrl(place) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
