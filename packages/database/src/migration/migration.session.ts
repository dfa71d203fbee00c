import pg from 'pg';
import { MigrationLockedError } from './migration.error.ts';

/** One lock for the whole database: schemas of one release are migrated one after the other. */
const lockKey = '5278141303716102';

/** Runs `work` on a new connection as the schema's owner. @throws the errors of `pg` */
export async function withOwner<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'gospelib-migrations',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    // A migration that waits for a table lock blocks every query behind it: it should fail and be run again.
    lock_timeout: 5_000,
  });
  // Without a listener, a connection that breaks between two statements would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    // If this process is killed, the server ends its statement within a second instead of running it to the end with
    // all its locks held.
    await client.query('SET client_connection_check_interval = 1000');
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * As `withOwner`, holding the lock that keeps two runners apart. It is free when this resolves; PostgreSQL frees it also
 * when the connection breaks.
 * @throws MigrationLockedError when another runner, or a backup, holds it
 */
export function withLock<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withAdvisoryLock(url, 'pg_try_advisory_lock', work);
}

/**
 * As `withLock`, but shared: several holders at once, and no migration meanwhile.
 * @throws MigrationLockedError while migrations run
 */
export function withSharedLock<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  return withAdvisoryLock(url, 'pg_try_advisory_lock_shared', work);
}

function withAdvisoryLock<T>(
  url: string,
  take: 'pg_try_advisory_lock' | 'pg_try_advisory_lock_shared',
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  return withOwner(url, async (client) => {
    const { rows } = await client.query(`SELECT ${take}(${lockKey}) AS held`);
    if (rows[0]?.held === true) {
      try {
        return await work(client);
      } finally {
        // The server ends a session a moment after its client: who comes next at once would be refused.
        await client.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
      }
    }
    throw new MigrationLockedError(
      'Another run of the migrations, or a backup, is under way; nothing was changed. Wait for it to end, then check the status.',
    );
  });
}
