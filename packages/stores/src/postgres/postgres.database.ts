import { realpathSync } from 'node:fs';
import { OperatorError } from '@gospelib/cli-kit';
import type { Client } from 'pg';
import { ROLE } from './postgres.cluster.ts';
import { relieveSuperuser } from './postgres.owner.ts';

/**
 * Creates a database if it is missing, after checking that the server runs on our cluster and is not another one that
 * listens on the same port. A cluster in which our role is still a superuser (a new one, or one of an older
 * release) is handed to a role without those rights first.
 * @param server the address without a database
 */
export async function ensureDatabase(server: string, name: string, cluster: string): Promise<void> {
  await withClient(server, 'postgres', async (client) => {
    const { rows } = await client.query<{ folder: string; super: string }>(
      "SELECT current_setting('data_directory') AS folder, current_setting('is_superuser') AS super",
    );
    if (rows[0]?.folder !== realpathSync(cluster)) {
      throw new OperatorError('Another PostgreSQL answers in place of the one just started.');
    }
    if (rows[0].super === 'on') {
      await relieveSuperuser(client, ROLE, (database, work) => withClient(server, database, work));
    }
  });
  // Signed in anew: whoever is a superuser when it begins makes databases that are a superuser's.
  await withClient(server, 'postgres', async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0)
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  });
}

async function withClient(
  server: string,
  database: string,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  // Loaded when a store is started: most commands start none.
  const { default: pg } = await import('pg');
  const connectionString = `${server}/${encodeURIComponent(database)}`;
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
