import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectGraph } from '@gospelib/graph';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { openAccount } from '../account.ts';
import { ask } from '../http.client.ts';
import { noCluster } from './cluster.images.ts';
import { runJobAgain } from './cluster.job.ts';
import { clusterPlace } from './cluster.place.ts';
import { changeSecret, readSecret, secretArrived } from './cluster.secret.ts';
import { openOperator } from './operator.ts';
import { forwardPod } from './pod.port.ts';
import { type RotationWatch, watchRotation } from './rotation.watch.ts';
import { redis, sql } from './stores.client.ts';
import { storePasswords } from './stores.fixture.ts';

describe.skipIf(noCluster)(`secrets that change (${noCluster ?? 'on a cluster'})`, () => {
  const place = inject('place');
  const { namespace, authority } = clusterPlace();
  let watch: RotationWatch | undefined;

  beforeEach(async () => {
    watch = await watchRotation(place, namespace);
  });
  afterEach(() => watch?.end());
  const expectUnnoticed = (what: string) => watch?.expectUnnoticed(what);

  it.each(['accounts', 'study'])('the password of the database role of %s', async (service) => {
    const password = `rotated-${randomUUID()}`;
    const secret = `gospelib-${service}`;
    const url = new URL(await readSecret(namespace, secret, 'DATABASE_URL'));
    url.password = password;
    await changeSecret(namespace, 'gospelib-migrations', `${service}-password`, password);
    await changeSecret(namespace, secret, 'DATABASE_URL', url.href);
    // The services know it, PostgreSQL does not yet: new connections go on with the one before.
    await secretArrived(namespace, service, 'DATABASE_URL');
    const since = async () => {
      const [row] = await sql<{ now: Date }>(authority, 'SELECT now()');
      return row?.now;
    };
    const opened = (after: Date | undefined) =>
      sql(
        authority,
        'SELECT FROM pg_stat_activity WHERE usename = $1 AND backend_start > $2 LIMIT 1',
        [`${service}_service`, after],
      );
    const between = await since();
    await expect.poll(() => opened(between)).toHaveLength(1);
    // It gives the roles what the secret says.
    await runJobAgain(`gospelib-migrations-${service}`, { namespace });
    const after = await since();
    await expect.poll(() => opened(after)).toHaveLength(1);
    await expectUnnoticed(`the database password of ${service}`);
  });

  it('the token of Redis', async () => {
    const services = ['gateway', 'accounts', 'study'];
    const token = `rotated-${randomUUID()}`;
    const old = storePasswords.redis;
    await redis(old, 'ACL', 'SETUSER', 'default', `>${token}`);
    for (const service of services) {
      const url = new URL(await readSecret(namespace, `gospelib-${service}`, 'REDIS_URL'));
      url.password = token;
      await changeSecret(namespace, `gospelib-${service}`, 'REDIS_URL', url.href);
    }
    for (const service of services) await secretArrived(namespace, service, 'REDIS_URL');
    await redis(token, 'ACL', 'SETUSER', 'default', `<${old}`);
    await redis(token, 'CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    const callers = async () => {
      const list = await redis(token, 'CLIENT', 'LIST', 'TYPE', 'normal');
      const from = [...list.matchAll(/ addr=([\d.]+):/g)].map(([, address]) => address);
      return new Set(from.filter((address) => address !== '127.0.0.1')).size;
    };
    await expect.poll(callers).toBe(services.length);
    await expectUnnoticed('the token of Redis');
    // As the overlay has it, for who comes next.
    await redis(token, 'ACL', 'SETUSER', 'default', `>${old}`);
  });

  it('the key that signs tokens', async () => {
    const operator = await openOperator(place, namespace, authority);
    try {
      const count = async () =>
        JSON.parse((await operator.gl('keys', 'list', '--json')).stdout).keys.length;
      const before = await count();
      await operator.gl('keys', 'rotate');
      expect(await count()).toBe(before + 1);
    } finally {
      operator.end();
    }
    await expectUnnoticed('the signing key');
  });

  it('the password of the graph store', async () => {
    const file = join(place.data, 'next-graph-password');
    const next = `rotated-${randomUUID()}`;
    writeFileSync(file, next);
    const operator = await openOperator(place, namespace, authority);
    try {
      await operator.gl('graph', 'password', '--add', file);
      for (const one of ['content', 'auditor', 'ingest', 'backups']) {
        const secret = `gospelib-${one}`;
        const url = new URL(await readSecret(namespace, secret, 'FALKORDB_URL'));
        url.password = next;
        await changeSecret(namespace, secret, 'FALKORDB_URL', url.href);
      }
      await changeSecret(namespace, 'gospelib-falkordb', 'auth.conf', `requirepass ${next}`);
      for (const service of ['content', 'auditor']) {
        await secretArrived(namespace, service, 'FALKORDB_URL');
      }
      await operator.gl('graph', 'password', '--settle');
    } finally {
      operator.end();
    }
    await expectUnnoticed('the password of the graph store');

    // And each of them comes in again by the new one alone.
    const { origin, stop } = await forwardPod(namespace, 'gospelib-falkordb-0', 6379);
    const url = new URL(await readSecret(namespace, 'gospelib-content', 'FALKORDB_URL'));
    url.host = new URL(origin).host;
    const store = connectGraph(url.href, { connections: 1 });
    try {
      await store.whenReady(10_000);
      await store.send(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']);
      const callers = async () => {
        const list = String(await store.send(['CLIENT', 'LIST', 'TYPE', 'normal']));
        const from = [...list.matchAll(/ addr=([\d.]+):/g)].map(([, address]) => address);
        return new Set(from.filter((address) => address !== '127.0.0.1')).size;
      };
      await expect.poll(callers).toBe(2);
    } finally {
      await store.close();
      stop();
    }
  });

  it('the secret of accounts, AUTH_SECRETS: nobody is signed out', async () => {
    const account = await openAccount(place);
    const old = await readSecret(namespace, 'gospelib-accounts', 'AUTH_SECRETS');
    const highest = Math.max(...old.split(',').map((one) => Number.parseInt(one, 10)));
    const next = `${highest + 1}:rotated-${randomUUID()}`;
    // Known to every pod before one of them signs with it.
    for (const secrets of [`${old},${next}`, `${next},${old}`]) {
      await changeSecret(namespace, 'gospelib-accounts', 'AUTH_SECRETS', secrets);
      await secretArrived(namespace, 'accounts', 'AUTH_SECRETS');
      account.dropToken();
      expect((await account.ask('/api/v1/study/notes')).status).toBe(200);
    }
    await openAccount(place);
    await expectUnnoticed('the secret that signs cookies');
  });

  it('the secret between accounts and study, INTERNAL_SECRET', async () => {
    const next = `rotated-${randomUUID()}`;
    // Study has the new one before accounts knows it.
    for (const service of ['study', 'accounts']) {
      await changeSecret(namespace, `gospelib-${service}`, 'INTERNAL_SECRET', next);
      await secretArrived(namespace, service, 'INTERNAL_SECRET');
    }
    await expectUnnoticed('the secret between accounts and study');
    // By it study learns of accounts that are deleted.
    const account = await openAccount(place);
    const body = JSON.stringify({ passage: 'alma.32.21', body: 'of one who leaves', tags: [] });
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    await account.ask('/api/v1/study/notes', { method: 'POST', headers, body });
    const rows = () =>
      sql(authority, 'SELECT FROM study.notes WHERE user_id = $1 LIMIT 1', [account.id]);
    expect(await rows()).toHaveLength(1);
    const origin = `http://localhost:${place.portBase}`;
    const left = await ask(`${origin}/api/v1/account`, {
      method: 'DELETE',
      headers: { origin, cookie: account.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ password: account.password }),
    });
    expect(left.status).toBe(200);
    await expect.poll(rows).toHaveLength(0);
  });
});
