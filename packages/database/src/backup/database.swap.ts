import pg from 'pg';

export interface Swap {
  /** How long nobody could connect. */
  unavailableMs: number;
}

const END_EVERY_MS = 25;

/**
 * Renames `live` to `retained` and `incoming` to `live` in one transaction. The first rename waits for the sessions on
 * `live` to end and lets no new ones in; a second connection ends them meanwhile. Killed at any point, both databases
 * keep the names they had.
 */
export async function swapDatabases(
  maintenance: string,
  names: { live: string; incoming: string; retained: string; why: string },
): Promise<Swap> {
  const { live, incoming, retained, why } = names;
  const [renaming, ending] = [connect(maintenance), connect(maintenance)];
  await Promise.all([renaming.connect(), ending.connect()]);
  const start = performance.now();
  let renamed = false;
  try {
    await renaming.query('BEGIN');
    const moved = retainLive(renaming, live, retained, why).finally(() => {
      renamed = true;
    });
    const ended = (async () => {
      while (!renamed) {
        await endSessions(ending, [live, incoming]);
        await new Promise((resolve) => setTimeout(resolve, END_EVERY_MS));
      }
    })();
    await moved.finally(() => ended);
    await renaming.query(`ALTER DATABASE ${quoted(incoming)} RENAME TO ${quoted(live)}`);
    await renaming.query('COMMIT');
    return { unavailableMs: performance.now() - start };
  } finally {
    await Promise.allSettled([renaming.end(), ending.end()]);
  }
}

/** Does nothing when there is no live database. */
async function retainLive(
  client: pg.Client,
  live: string,
  retained: string,
  why: string,
): Promise<void> {
  const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [live]);
  if (found.rowCount === 0) return;
  await client.query(`ALTER DATABASE ${quoted(live)} RENAME TO ${quoted(retained)}`);
  await client.query(`COMMENT ON DATABASE ${quoted(retained)} IS ${pg.escapeLiteral(why)}`);
}

async function endSessions(client: pg.Client, databases: readonly string[]): Promise<void> {
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = ANY($1) AND pid <> pg_backend_pid() AND usename IS NOT NULL`,
    [databases],
  );
}

function connect(url: string): pg.Client {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'gospelib-restore',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  return client;
}

function quoted(name: string): string {
  return pg.escapeIdentifier(name);
}
