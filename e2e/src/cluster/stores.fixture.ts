import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Images } from './cluster.images.ts';
import { applyObjects, kubectl } from './kubectl.ts';
import { mailServer } from './mail.pod.ts';

/** Outside the platform's namespace, as managed stores are; its label is what the network policies know. */
export const storesNamespace = 'gospelib-stores';

/** The passwords are those of the bench's overlay. */
const passwords = {
  owner: 'bench-owner-password',
  redis: 'bench-redis-password',
  s3: 'bench-object-storage-password',
} as const;

/** PostgreSQL 16 and Redis 7 over TLS only, an object store, and a mail server. @returns the stores' authority, as PEM */
export async function startStores(images: Images): Promise<string> {
  await kubectl(['delete', 'namespace', storesNamespace, '--ignore-not-found', '--wait']);
  const { authority, certificate, key } = certificates();
  await applyObjects(
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: storesNamespace, labels: { 'gospelib.com/role': 'stores' } },
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'tls', namespace: storesNamespace },
      stringData: { 'ca.crt': authority, 'tls.crt': certificate, 'tls.key': key },
    },
    ...store('postgresql', images('fixture-postgresql'), { sql: 5432 }, ['-e', postgresql]),
    ...store('redis', images('fixture-redis'), { redis: 6380 }, redis),
    ...store('s3', images('fixture-s3'), { https: 7070 }, s3),
    ...store('mail', images('reader'), { smtp: 2525, http: 8025 }, ['-e', mailServer]),
  );
  await kubectl(['rollout', 'status', 'deployment', '--timeout=90s'], {
    namespace: storesNamespace,
  });
  return authority;
}

/** Signed by an authority of its own, for as long as the stores live. @throws Error without openssl */
function certificates(): { authority: string; certificate: string; key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-authority-'));
  const openssl = (line: string) =>
    execFileSync('openssl', line.split(' '), { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const names = ['postgresql', 'redis', 's3'].flatMap((name) =>
    ['', '.svc', '.svc.cluster.local'].map((end) => `DNS:${name}.${storesNamespace}${end}`),
  );
  writeFileSync(join(folder, 'names'), `subjectAltName=${names.join(',')}\n`);
  const newKey = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';
  try {
    openssl(`req -x509 ${newKey} -keyout ca.key -out ca.crt -subj /CN=stores -days 30`);
    openssl(`req ${newKey} -keyout store.key -out store.csr -subj /CN=store`);
    openssl(
      'x509 -req -in store.csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile names -out store.crt -days 30',
    );
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    return { authority: read('ca.crt'), certificate: read('store.crt'), key: read('store.key') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A Deployment of one pod with its data in memory of the node, and its Service. */
function store(
  name: string,
  image: string,
  ports: Readonly<Record<string, number>>,
  args: readonly string[],
): object[] {
  const labels = { app: name };
  const metadata = { name, namespace: storesNamespace };
  const [first = 0] = Object.values(ports);
  const listed = Object.entries(ports);
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        strategy: { type: 'Recreate' },
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            automountServiceAccountToken: false,
            terminationGracePeriodSeconds: 10,
            securityContext: { runAsUser: 65532, runAsGroup: 65532, fsGroup: 65532 },
            containers: [
              {
                name,
                image,
                args,
                ports: listed.map(([port, containerPort]) => ({ name: port, containerPort })),
                readinessProbe: { tcpSocket: { port: first }, periodSeconds: 1 },
                resources: {
                  // Their share of the processor beside pods that start: elsewhere they have machines of their own.
                  requests: { cpu: '200m', memory: '32Mi' },
                  limits: { memory: '512Mi' },
                },
                volumeMounts: [
                  { name: 'data', mountPath: '/data' },
                  // A bucket of the object storage is a folder there.
                  { name: 'data', mountPath: '/data/backups', subPath: 'backups' },
                  { name: 'tls', mountPath: '/tls', readOnly: true },
                ],
              },
            ],
            volumes: [
              { name: 'data', emptyDir: {} },
              { name: 'tls', secret: { secretName: 'tls', defaultMode: 0o440 } },
            ],
          },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        type: 'NodePort',
        selector: labels,
        ports: listed.map(([port, number]) => ({ name: port, port: number, targetPort: port })),
      },
    },
  ];
}

/** Makes the cluster once, with an owner that has what a provider gives: no superuser's rights. */
const postgresql = `
const { execFileSync, spawn } = require('node:child_process');
const { existsSync, writeFileSync } = require('node:fs');
if (!existsSync('/data/pg')) {
  execFileSync('/postgres/bin/initdb', ['-D', '/data/pg', '-U', 'postgres', '--no-sync', '-E', 'UTF8', '--no-locale']);
  writeFileSync('/data/pg/pg_hba.conf', 'hostssl all all all scram-sha-256\\n');
  execFileSync('/postgres/bin/postgres', ['--single', '-D', '/data/pg', 'postgres'], { input: [
    "CREATE ROLE gospelib LOGIN CREATEDB CREATEROLE PASSWORD '${passwords.owner}'",
    'GRANT pg_monitor, pg_signal_backend TO gospelib',
    'CREATE DATABASE gospelib OWNER gospelib',
  ].join('\\n') + '\\n' });
}
const options = { listen_addresses: '*', unix_socket_directories: '', ssl: 'on', ssl_cert_file: '/tls/tls.crt',
  ssl_key_file: '/tls/tls.key', fsync: 'off', max_connections: 200 };
const args = Object.entries(options).flatMap(([name, value]) => ['-c', name + '=' + value]);
const server = spawn('/postgres/bin/postgres', ['-D', '/data/pg', ...args], { stdio: 'inherit' });
process.on('SIGTERM', () => server.kill('SIGINT'));
server.on('exit', (code) => process.exit(code ?? 1));
`;

const redis = Object.entries({
  port: '0',
  'tls-port': '6380',
  'tls-cert-file': '/tls/tls.crt',
  'tls-key-file': '/tls/tls.key',
  'tls-ca-cert-file': '/tls/ca.crt',
  'tls-auth-clients': 'no',
  requirepass: passwords.redis,
  dir: '/data',
  save: '',
}).flatMap(([name, value]) => [`--${name}`, value]);

const s3 = ['--access', 'bench', '--secret', passwords.s3, '--port', ':7070'].concat(
  ['--cert', '/tls/tls.crt', '--key', '/tls/tls.key'],
  ['posix', '/data'],
);
