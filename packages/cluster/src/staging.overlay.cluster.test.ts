import { execFile, execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { clusterHarness, noCluster } from './testing/cluster.harness.ts';

const run = promisify(execFile);
const namespace = 'gospelib-overlay';
const overlay = resolve(import.meta.dirname, '../../../infra/k8s/overlays/bench');

/** Where each part listens, as in the manifests; jobs listen nowhere, but would be let in nowhere either. */
const ports = {
  gateway: 8080,
  content: 8100,
  accounts: 8200,
  study: 8300,
  reader: 3000,
  auditor: 8400,
  falkordb: 6379,
  ingest: 9001,
  migrations: 9002,
  backups: 9003,
} as const;
type Part = keyof typeof ports;
const parts = Object.keys(ports) as Part[];

/** Who may reach whom; everything else is refused. */
const allowed = new Set([
  'gateway content',
  'gateway accounts',
  'gateway study',
  'gateway reader',
  'study accounts',
  'content falkordb',
  'auditor falkordb',
  'ingest falkordb',
  'backups falkordb',
]);

if (noCluster) console.warn(`SKIPPED: the overlay on a cluster ${noCluster}.`);

describe.skipIf(noCluster)('the overlay on a cluster', () => {
  const cluster = clusterHarness(namespace);

  beforeAll(() => {
    cluster.kubectl(
      'label',
      'namespace',
      namespace,
      'app.kubernetes.io/part-of=gospelib',
      'pod-security.kubernetes.io/enforce=restricted',
    );
    const registry = cluster.image.split('/')[0];
    const text = execFileSync('kubectl', ['kustomize', overlay], { encoding: 'utf8' })
      .replaceAll('namespace: gospelib-staging', `namespace: ${namespace}`)
      .replaceAll('registry.bench.invalid', registry ?? '');
    const wanted = /^kind: (NetworkPolicy|ValidatingAdmissionPolicy(Binding)?)$/m;
    const rules = text
      .split('\n---\n')
      .filter((one) => wanted.test(one) || /^ {2}name: gospelib-admission$/m.test(one));
    execFileSync('kubectl', ['apply', '-f', '-'], { input: rules.join('\n---\n') });
    cluster.apply(...parts.map((part) => podOf(part, cluster.image)));
    cluster.kubectl('wait', '--for=condition=Ready', 'pod', '--all', '--timeout=120s');
  });
  // The policy stays: an API server that lost its last one never learns of the settings of the next.

  it('lets in who is named, and refuses everybody else, both directions tried from inside', async () => {
    const addresses = new Map(
      parts.map((part) => [
        part,
        cluster.kubectl('get', 'pod', part, '--output=jsonpath={.status.podIP}'),
      ]),
    );
    const targets = parts.map((part) => ({
      name: part,
      host: addresses.get(part),
      port: ports[part],
    }));
    const outside = [
      { name: 'API server', host: 'kubernetes.default.svc', port: 443 },
      { name: 'metadata', host: '169.254.169.254', port: 80 },
    ];
    const found = new Map<string, string>();
    for (const from of parts) {
      const others = [...targets.filter(({ name }) => name !== from), ...outside];
      const { stdout } = await run('kubectl', [
        `--namespace=${namespace}`,
        ...['exec', from, '--', '/bin/node', '-e', `(${tryAll})(${JSON.stringify(others)})`],
      ]);
      for (const [to, outcome] of Object.entries<string>(JSON.parse(stdout))) {
        found.set(`${from} ${to}`, outcome);
      }
    }
    expect(found.size).toBe(parts.length * (parts.length - 1 + outside.length));
    // Its name was found: what is refused is the path.
    expect(found.get('reader API server')).toMatch(/^(ECONNREFUSED|silent)$/);
    const reached = [...found].filter(([, outcome]) => outcome === 'reached').map(([pair]) => pair);
    expect(reached.sort()).toEqual([...allowed].sort());
  });

  const foreign = `elsewhere.example/x@sha256:${'0'.repeat(64)}`;
  const privileged = { privileged: true, allowPrivilegeEscalation: true };
  it.each<[string, (pod: ReturnType<typeof podOf>) => unknown, RegExp]>([
    [
      'a tag',
      (pod) => Object.assign(one(pod), { image: one(pod).image.replace(/@.*/, ':1') }),
      /by its digest/,
    ],
    [
      'a foreign registry',
      (pod) => Object.assign(one(pod), { image: foreign }),
      /this environment's registry/,
    ],
    [
      'root',
      (pod) => Object.assign(pod.spec.securityContext, { runAsNonRoot: false }),
      /runAsNonRoot/,
    ],
    [
      'a privileged container',
      (pod) => Object.assign(one(pod).securityContext, privileged),
      /violates PodSecurity.*privileged/s,
    ],
    ['no limit', (pod) => Object.assign(one(pod).resources, { limits: {} }), /no limit of memory/],
  ])('the API server refuses %s', (_what, spoil, message) => {
    const pod = podOf('reader', cluster.image);
    pod.metadata.name = 'refused';
    spoil(pod);
    expect(() => cluster.apply(pod)).toThrow(message);
  });
});

const one = (pod: ReturnType<typeof podOf>) => pod.spec.containers[0];

/** Runs inside a pod: tries each address and prints what came of it. */
const tryAll = `async (targets) => {
  const { connect } = require('node:net');
  const attempt = ({ host, port }) => new Promise((done) => {
    const socket = connect({ host, port, timeout: 2000 });
    socket.once('connect', () => { socket.destroy(); done('reached'); });
    socket.once('timeout', () => { socket.destroy(); done('silent'); });
    socket.once('error', (error) => done(error.code));
  });
  const found = await Promise.all(targets.map(async (to) => [to.name, await attempt(to)]));
  process.stdout.write(JSON.stringify(Object.fromEntries(found)));
}`;

interface Container {
  name: string;
  image: string;
  args: string[];
  readinessProbe: object;
  securityContext: { allowPrivilegeEscalation: boolean; capabilities: { drop: string[] } };
  resources: { requests: object; limits: object };
}

function podOf(part: Part, image: string) {
  const listen = `require('node:http').createServer((q, a) => a.end()).listen(${ports[part]})`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: part as string, labels: { 'app.kubernetes.io/name': part } },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65532,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'stand-in',
          image,
          args: ['-e', listen],
          readinessProbe: { httpGet: { path: '/', port: ports[part] }, periodSeconds: 1 },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
          },
          resources: {
            requests: { cpu: '10m', memory: '32Mi' },
            limits: { memory: '128Mi' },
          },
        },
      ] as [Container],
    },
  };
}
