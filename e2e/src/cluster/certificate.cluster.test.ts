import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { makeTlsSecret } from '@gospelib/testkit';
import { describe, expect, inject, it } from 'vitest';
import { noCluster } from './cluster.images.ts';
import { clusterPlace } from './cluster.place.ts';
import { changeSecret, readSecret, secretArrived } from './cluster.secret.ts';
import { applyObjects, kubectl } from './kubectl.ts';
import { nodePort } from './node.port.ts';
import { watchRotation } from './rotation.watch.ts';
import { redis, sql } from './stores.client.ts';
import { certifiedNames, storePasswords, storesNamespace } from './stores.fixture.ts';

/** Who connects to stores over TLS and stays; jobs read theirs when they start. */
const services = ['gateway', 'accounts', 'study'];
const jobs = ['migrations', 'backups'];
type Tls = ReturnType<typeof makeTlsSecret>;

describe.skipIf(noCluster)(`certificates that change (${noCluster ?? 'on a cluster'})`, () => {
  const place = inject('place');
  const { namespace, authority } = clusterPlace();

  /** What the services trust; resolves when each of them says so. */
  async function trust(...authorities: readonly string[]): Promise<void> {
    const text = authorities.join('');
    for (const name of [...services, ...jobs]) {
      await changeSecret(namespace, `gospelib-${name}`, 'ca.crt', text);
    }
    for (const name of services) {
      await secretArrived(namespace, name, 'ca.crt');
      const told = ['logs', `deploy/gospelib-${name}`, '--since=3m'];
      await expect
        .poll(() => kubectl(told, { namespace }), { interval: 500 })
        .toMatch(new RegExp(`"certificates":${authorities.length}[,}]`));
    }
  }

  /** The stores present this certificate, as a provider's do after a rotation: no pod is started anew. */
  async function present(tls: Tls): Promise<void> {
    await applyObjects({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'tls', namespace: storesNamespace },
      stringData: tls,
    });
    const inStores = { namespace: storesNamespace };
    const touched = `gospelib.com/touched=${Date.now()}`;
    await kubectl(['annotate', 'pods', '--all', '--overwrite', touched], inStores);
    for (;;) {
      const files = ['tls-cert-file', '/tls/tls.crt', 'tls-key-file', '/tls/tls.key'];
      await redis(storePasswords.redis, 'CONFIG', 'SET', ...files).catch(() => {});
      await kubectl(['exec', 'deploy/postgresql', '--', '/proc/1/exe', '-e', reload], inStores);
      const shown = await Promise.all([redisShows(tls['ca.crt']), postgresShows(tls['ca.crt'])]);
      if (shown.every(Boolean)) return;
      await sleep(1000);
    }
  }

  async function redisShows(ca: string): Promise<boolean> {
    const address = await nodePort(storesNamespace, 'redis');
    return new Promise((resolve) => {
      const socket = connect({ ...address, ca, servername: `redis.${storesNamespace}` });
      socket.once('secureConnect', () => resolve(socket.destroy().authorized));
      socket.once('error', () => resolve(false));
    });
  }

  const postgresShows = (ca: string) => sql(ca, 'SELECT').then(Boolean, () => false);

  it('the authority and the certificate of the stores: connections that are new trust the new one', async () => {
    const own = (key: keyof Tls) => readSecret(storesNamespace, 'tls', key);
    const before: Tls = {
      'ca.crt': await own('ca.crt'),
      'tls.crt': await own('tls.crt'),
      'tls.key': await own('tls.key'),
    };
    const next = makeTlsSecret(certifiedNames);
    const watch = await watchRotation(place, namespace);
    try {
      await trust(authority, next['ca.crt']);
      await present(next);
      await trust(next['ca.crt']);
      const since = async () => {
        const [row] = await sql<{ now: Date }>(next['ca.crt'], 'SELECT now()');
        return row?.now;
      };
      const opened = (service: string, after: Date | undefined) =>
        sql(
          next['ca.crt'],
          'SELECT FROM pg_stat_activity WHERE usename = $1 AND backend_start > $2 LIMIT 1',
          [`${service}_service`, after],
        );
      const now = await since();
      for (const service of ['accounts', 'study']) {
        await expect.poll(() => opened(service, now)).toHaveLength(1);
      }
      await redis(storePasswords.redis, 'CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      const list = () => redis(storePasswords.redis, 'CLIENT', 'LIST', 'TYPE', 'normal');
      const callers = async () =>
        new Set([...(await list()).matchAll(/ addr=([\d.]+):/g)].map(([, from]) => from)).size;
      // And this one.
      await expect.poll(callers).toBe(services.length + 1);
      await watch.expectUnnoticed('the authority of the stores');
    } finally {
      await watch.end();
      // As it began, for who comes next.
      await trust(next['ca.crt'], authority);
      await present(before);
    }
  });
});

/** The server reads its certificate again. */
const reload =
  "process.kill(Number(require('node:fs').readFileSync('/data/cluster/postmaster.pid', 'utf8').split('\\n')[0]), 'SIGHUP')";
