import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { stripVTControlCharacters } from 'node:util';
import type { RecoveryLock } from '@gospelib/environment';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ClusterEnvironment } from './cluster.environment.ts';
import { clusterHarness, noCluster } from './testing/cluster.harness.ts';
import { standIn } from './testing/stand-in.manifests.ts';

describe.skipIf(noCluster)(`a namespace as an environment (${noCluster ?? 'on a cluster'})`, () => {
  const cluster = clusterHarness('gospelib-lane-environment');
  const scheduled = (name: string, script: string) => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: `gospelib-${name}` },
    spec: {
      schedule: '0 0 1 1 *',
      suspend: true,
      jobTemplate: {
        spec: {
          template: {
            spec: {
              restartPolicy: 'Never',
              containers: [{ name, image: cluster.image, args: ['-e', script, '--'] }],
            },
          },
        },
      },
    },
  });

  beforeAll(() => {
    const { image } = cluster;
    const secret = { name: 'gospelib-backups', key: 'FALKORDB_URL' };
    cluster.apply(
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'gospelib-backups' },
        stringData: {
          FALKORDB_URL: 'redis://:secret@gospelib-falkordb:6379',
          DATABASE_URL: 'postgresql://o:secret@db.example.com:5432/g',
          BACKUP_SIGNING_KEYS: 'a-key',
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'gospelib-accounts' },
        stringData: { AUTH_SECRETS: '1:of-accounts' },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'gospelib-falkordb' },
        spec: { selector: { 'app.kubernetes.io/name': 'falkordb' }, ports: [{ port: 6379 }] },
      },
      standIn({ name: 'falkordb', image, port: 6379, kind: 'StatefulSet' }),
      standIn({ name: 'gateway', image, port: 8080, replicas: 2 }),
      standIn({
        name: 'content',
        image,
        port: 8100,
        env: [
          { name: 'FALKORDB_URL', valueFrom: { secretKeyRef: secret } },
          { name: 'LOG_LEVEL', value: 'info' },
        ],
      }),
      scheduled('ingest', 'console.log("ingested", ...process.argv.slice(1))'),
    );
    for (const name of ['statefulset/gospelib-falkordb', 'deployment/gospelib-gateway']) {
      cluster.kubectl('rollout', 'status', name, '--timeout=60s');
    }
    cluster.kubectl('rollout', 'status', 'deployment/gospelib-content', '--timeout=60s');
  });

  test('status tells what is ready, what is managed elsewhere, and what is not there', async () => {
    const { ready, processes } = await cluster.environment.status();
    const states = Object.fromEntries(processes.map(({ name, state }) => [name, state]));
    expect(ready).toBe(false);
    expect(states).toEqual({
      falkordb: 'ready',
      redis: 'external',
      postgresql: 'external',
      content: 'ready',
      accounts: 'stopped',
      study: 'stopped',
      auditor: 'stopped',
      reader: 'stopped',
      gateway: 'ready',
    });
    expect(processes.at(-1)).toMatchObject({ instances: { ready: 2, wanted: 2 } });
  });

  test('a restart puts new pods in the place of all, and waits until they answer', async () => {
    const pods = () =>
      cluster.kubectl('get', 'pods', '-l', 'app.kubernetes.io/name=gateway', '-o', 'name');
    const before = pods().trim().split('\n');
    await cluster.environment.restart('gateway');
    const { processes } = await cluster.environment.status();
    expect(processes.find(({ name }) => name === 'gateway')?.state).toBe('ready');
    const running = cluster.kubectl(
      'get',
      'replicasets',
      '-l',
      'app.kubernetes.io/name=gateway',
      '-o',
      'jsonpath={range .items[?(@.spec.replicas>0)]}{.metadata.name}{"\\n"}{end}',
    );
    expect(before.some((pod) => pod.includes(running.trim()))).toBe(false);
    await expect(cluster.environment.restart('postgresql')).rejects.toMatchObject({ exitCode: 4 });
  });

  test('logs give the last lines of each process with its name', async () => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => {});
    try {
      const read = async (): Promise<string[]> => {
        print.mockClear();
        await cluster.environment.logs(undefined, { lines: 1 });
        // Names are dim where colours are wanted, as Nx does.
        return print.mock.calls.map(([line]) => stripVTControlCharacters(String(line)));
      };
      // A pod that is ended says its words for a moment still.
      const gateway = 'gateway  listening on 8080';
      await expect.poll(read).toEqual(expect.arrayContaining(['falkordb listening on 6379']));
      await expect
        .poll(async () => (await read()).filter((line) => line === gateway))
        .toHaveLength(2);
    } finally {
      print.mockRestore();
    }
    await expect(cluster.environment.logs('nope', { lines: 1 })).rejects.toMatchObject({
      exitCode: 2,
    });
  });

  test('a store is reached by a port that ends with the environment', async () => {
    const address = new URL(await cluster.environment.storeAddress('falkordb'));
    expect(address).toMatchObject({ hostname: '127.0.0.1', password: 'secret' });
    expect((await fetch(`http://127.0.0.1:${address.port}/`)).ok).toBe(true);
    await cluster.environment.close();
    await expect(connects(Number(address.port))).resolves.toBe(false);
  });

  test('a connection that is reset takes no other with it', async () => {
    const { port } = new URL(await cluster.environment.storeAddress('falkordb'));
    const held = createConnection({ host: '127.0.0.1', port: Number(port) });
    const ask = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
    for (const _time of [1, 2]) {
      held.write(ask);
      expect(String((await once(held, 'data'))[0])).toContain('200 OK');
      await expect(fetch(`http://127.0.0.1:${port}/reset`)).rejects.toThrow();
    }
    held.destroy();
  });

  test('a port ends with a command that is killed', async () => {
    const script = `
      import { ClusterEnvironment } from '${import.meta.dirname}/cluster.environment.ts';
      const target = ${JSON.stringify(cluster.target)};
      const one = new ClusterEnvironment({ target, root: '/', dataDir: '/', env: process.env });
      console.log(new URL(await one.storeAddress('falkordb')).port);
      process.kill(process.pid, process.argv[1]);
      setInterval(() => {}, 1000);`;
    for (const signal of ['SIGINT', 'SIGKILL']) {
      let port = 0;
      try {
        execFileSync(process.execPath, ['--input-type=module', '-e', script, signal]);
      } catch (error) {
        port = Number((error as { stdout: Buffer }).stdout);
        expect(error).toMatchObject({ signal });
      }
      expect(port).toBeGreaterThan(0);
      await expect.poll(() => connects(port)).toBe(false);
    }
  });

  test('a store outside the cluster is refused, without telling its secret', async () => {
    const refused = await cluster.environment.storeAddress('postgresql').catch((error) => error);
    expect(refused).toMatchObject({
      exitCode: 4,
      message: expect.stringContaining('db.example.com, which is no Service of the cluster'),
    });
    expect(refused.message).not.toContain('secret@');
    await expect(cluster.environment.storeAddress('redis')).rejects.toThrow('has no REDIS_URL');
  });

  test('what a service is told comes from its Deployment and its secrets', async () => {
    expect(await cluster.environment.secret('backup-signing')).toBe('a-key');
    expect(await cluster.environment.secret('accounts-auth')).toBe('of-accounts');
    const told = await cluster.environment.serviceEnvironment('content');
    expect(told).toMatchObject({
      LOG_LEVEL: 'info',
      FALKORDB_URL: expect.stringMatching(/^redis:\/\/:secret@127\.0\.0\.1:\d+$/),
    });
  });

  test('a process is asked on its private port', async () => {
    const answer = await cluster.environment.ask('content', '/ready');
    expect(await answer.json()).toMatchObject({ path: '/ready' });
  });

  test('one recovery at a time: a second is told who is at work, a released one is taken', async () => {
    const { target } = cluster;
    const options = { target, root: '/', dataDir: '/', env: process.env };
    const other = new ClusterEnvironment(options);
    const held = (await cluster.environment.lockRecovery()) as RecoveryLock;
    expect(held).toHaveProperty('release');
    expect(await other.lockRecovery()).toMatchObject({
      who: expect.stringContaining(`process ${process.pid}`),
      since: expect.stringMatching(/^\d{4}-/),
    });
    await held.release();
    const again = (await other.lockRecovery()) as RecoveryLock;
    expect(again).toHaveProperty('release');
    // Its holder is gone: it was not renewed for longer than it lasts.
    const patch = JSON.stringify({ spec: { renewTime: '2026-01-01T00:00:00.000000Z' } });
    cluster.kubectl('patch', 'lease/gospelib-recovery', '--type=merge', '-p', patch);
    const over = (await cluster.environment.lockRecovery()) as RecoveryLock;
    expect(over).toHaveProperty('release');
    await again.release(); // it is theirs no more
    expect(await other.lockRecovery()).toHaveProperty('who');
    await over.release();
  });

  test('a job runs by its manifest with flags of its own; one that fails is told by its last words', async () => {
    const said: string[] = [];
    const reporter = { say: (line: string) => void said.push(line), progress: () => {} };
    await cluster.environment.runJob('ingest', reporter, ['--force']);
    expect(said.at(-1)).toBe('ingested --force');
    cluster.apply(scheduled('ingest', 'console.error("the sources are torn"); process.exit(1)'));
    await expect(cluster.environment.runJob('ingest', reporter)).rejects.toThrow(
      'the sources are torn',
    );
    await expect(cluster.environment.runJob('nope', reporter)).rejects.toThrow('has no job nope');
  });

  test('a command of gl runs as the jobs of backups do, in the place of what they do', async () => {
    const said: string[] = [];
    const reporter = { say: (line: string) => void said.push(line), progress: () => {} };
    cluster.apply(scheduled('backup-database', 'process.exit(1)'));
    onTestFinished(() => void cluster.kubectl('delete', 'cronjob', 'gospelib-backup-database'));
    const command = 'console.log("gl", ...process.argv.slice(1))';
    await cluster.environment.runGl(['-e', command, '--', 'graph', 'verify'], reporter);
    expect(said.at(-1)).toBe('gl graph verify');
  });

  test('a scratch store is a pod of the same image that goes when it is stopped', async () => {
    const { url, stop } = await cluster.environment.scratchStore('falkordb');
    expect((await fetch(`http://127.0.0.1:${new URL(url).port}/`)).ok).toBe(true);
    await stop();
    await expect
      .poll(() => cluster.kubectl('get', 'pods', '-l', 'app.kubernetes.io/name=scratch-store'))
      .toBe('');
    await expect(cluster.environment.scratchStore('postgresql')).rejects.toMatchObject({
      exitCode: 4,
    });
  });

  test('a release that never becomes ready: the one before goes on serving, and is rolled out again', async () => {
    const good = cluster.image;
    const bad = good.replace(/.{8}$/, '00000000');
    cluster.kubectl('set', 'image', 'deployment/gospelib-content', `content=${bad}`);
    await expect
      .poll(async () => {
        const { processes } = await cluster.environment.status();
        return processes.find(({ name }) => name === 'content')?.reason ?? '';
      })
      .toMatch(/cannot be pulled.*; what was ready goes on serving$/);
    const [now] = await cluster.environment.releases();
    expect(now).toMatchObject({ cameUp: false, root: expect.stringContaining(bad) });
    const root = (now?.root ?? '').replace(bad, good);
    await cluster.environment.rollOut({ at: '', root, migrations: {}, cameUp: true });
    const [after] = await cluster.environment.releases();
    expect(after).toMatchObject({ cameUp: true, root: expect.stringContaining(good) });

    cluster.kubectl(
      'annotate',
      'deployment/gospelib-content',
      'argocd.argoproj.io/tracking-id=gospelib-staging:apps/Deployment:x/gospelib-content',
    );
    const other = { at: '', root: root.replace(good, bad), migrations: {}, cameUp: true };
    await expect(cluster.environment.rollOut(other)).rejects.toMatchObject({ exitCode: 4 });
  });
});

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
