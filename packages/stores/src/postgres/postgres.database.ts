import { realpathSync } from 'node:fs';
import { OperatorError } from '@gospelib/cli-kit';

/**
 * Creates a database if it is missing, after checking that the server runs on our cluster and is not another one that
 * listens on the same port.
 */
export async function ensureDatabase(url: string, name: string, cluster: string): Promise<void> {
  // Loaded when a store is started: most commands start none.
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    if (rows[0]?.data_directory !== realpathSync(cluster)) {
      throw new OperatorError('Another PostgreSQL answers in place of the one just started.');
    }
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
