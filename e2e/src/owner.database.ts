import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Place } from './platform.ts';

/** Does something in PostgreSQL as only the machine's owner can. */
export async function withOwner<T>(
  place: Place,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const password = await readFile(join(place.data, 'stores/postgresql/secret'), 'utf8');
  const client = new pg.Client({
    host: '127.0.0.1',
    port: place.portBase + 52,
    user: 'gospelib',
    database: 'gospelib',
    password: password.trim(),
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
