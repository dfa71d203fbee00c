import pg from 'pg';
import { MigrationLockedError } from './migration.error.ts';

/** One for the whole database: schemas of one release are migrated one after the other. */
const lockKey = '5278141303716102';

/** Runs `work` on a connection of its own as the schema's owner. @throws the errors of `pg` */
export async function withOwner<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'gospelib-migrations',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    // A migration that waits for a table blocks everybody behind it: better it fails and is run again.
    lock_timeout: 5_000,
  });
  // Without a listener a connection that breaks between two statements would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * As `withOwner`, while holding the lock that keeps two runners apart; PostgreSQL frees it when this connection ends, however it ends.
 * @throws MigrationLockedError when another runner holds it
 */
export function withLock<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withOwner(url, async (client) => {
    const { rows } = await client.query(`SELECT pg_try_advisory_lock(${lockKey}) AS held`);
    if (rows[0]?.held !== true) {
      throw new MigrationLockedError(
        'Another run of the migrations is under way; nothing was changed. Wait for it, then look at the status.',
      );
    }
    return work(client);
  });
}
