import pg from 'pg';
import { kubectl } from './kubectl.ts';
import { nodePort } from './node.port.ts';
import { storePasswords, storesNamespace } from './stores.fixture.ts';

/** A statement in PostgreSQL as its owner, over TLS. */
export async function sql<R extends object>(
  authority: string,
  statement: string,
  values: readonly unknown[] = [],
): Promise<R[]> {
  const { host, port } = await nodePort(storesNamespace, 'postgresql');
  const client = new pg.Client({
    host,
    port,
    user: 'gospelib',
    password: storePasswords.owner,
    database: 'gospelib',
    ssl: { ca: authority, servername: `postgresql.${storesNamespace}` },
  });
  await client.connect();
  try {
    return (await client.query<R>(statement, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** A command in Redis, in its own pod. */
export function redis(password: string, ...command: readonly string[]): Promise<string> {
  const cli = [
    'redis-cli',
    '--tls',
    '--insecure',
    '-p',
    '6380',
    '--no-auth-warning',
    '-a',
    password,
  ];
  const namespace = storesNamespace;
  return kubectl(['exec', 'deploy/redis', '--', ...cli, ...command], { namespace });
}
