import { appendFileSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates, startTestPostgres } from '@gospelib/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDatabase, type Database, type DatabaseOptions } from './database.ts';

let store: Awaited<ReturnType<typeof startTestPostgres>>;
let authority: string;
let folder: string;

/** PostgreSQL as a provider runs it with `force_ssl`: TLS only, with an authority of its own. */
beforeAll(async () => {
  store = await startTestPostgres();
  folder = mkdtempSync(join(tmpdir(), 'database-tls-'));
  const files = makeCertificates(folder);
  authority = files.authority;
  const cluster = join(store.dataDir, 'cluster');
  copyFileSync(files.certificate, join(cluster, 'server.crt'));
  copyFileSync(files.key, join(cluster, 'server.key'));
  appendFileSync(join(cluster, 'postgresql.conf'), '\nssl = on\n');
  writeFileSync(join(cluster, 'pg_hba.conf'), 'hostssl all all 127.0.0.1/32 scram-sha-256\n');
  process.kill(store.pid, 'SIGHUP');
});
const open: Database[] = [];
afterAll(async () => {
  await Promise.all(open.map((database) => database.close()));
  await store.stop();
  rmSync(folder, { recursive: true });
});

function connect(url: DatabaseOptions['url']): Database {
  const database = connectDatabase({
    url,
    schema: 'public',
    application: 'tls',
    connections: 1,
    connectTimeout: 30_000,
  });
  open.push(database);
  return database;
}

const plain = () => store.url;

function address(parameters: Record<string, string>, from = store.url): string {
  const url = new URL(from);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

const verified = (from?: string) =>
  address({ sslmode: 'verify-full', sslrootcert: authority }, from);

/** Why no connection comes about; undefined when it does. */
const refusal = (url: string): Promise<string | undefined> =>
  connect(url)
    .ping()
    .then(
      () => undefined,
      (error: Error) => `${error.name}: ${error.message}`,
    );

it('is reached over TLS alone, when its authority and its name are the right ones', async () => {
  // Until the server has read its new configuration.
  await expect.poll(() => refusal(plain())).toMatch(/^StoreUnavailableError: .*no encryption/);
  expect(await refusal(verified())).toBeUndefined();
  expect(await refusal(address({ sslmode: 'verify-full' }))).toContain('certificate');
  const { port, username, password } = new URL(store.url);
  const otherName = `postgresql://${username}:${password}@localhost:${port}/gospelib`;
  expect(await refusal(verified(otherName))).toContain('altnames');
});

it('takes a changed password for its next connection, whether the setting or the server is told first', async () => {
  const admin = connect(verified());
  await admin.query('role', "CREATE ROLE reader LOGIN PASSWORD 'first'");
  let password = 'first';
  const url = () => {
    const own = new URL(verified());
    own.username = 'reader';
    own.password = password;
    return own.href;
  };
  const database = connect(url);
  const reconnect = async () => {
    await admin.query(
      'end',
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'",
    );
    await expect.poll(() => database.pool.totalCount).toBe(0);
    return database.ping().catch((error: Error) => error.message);
  };
  await database.ping();
  password = 'second';
  expect(await reconnect()).toBeUndefined();
  await admin.query('rotate', "ALTER ROLE reader PASSWORD 'second'");
  expect(await reconnect()).toBeUndefined();
  await admin.query('rotate', "ALTER ROLE reader PASSWORD 'third'");
  expect(await reconnect()).toContain('password authentication failed');
  password = 'third';
  expect(await reconnect()).toBeUndefined();
});
