import type { Images } from '@gospelib/testkit';
import { type ManagedStore, makeTlsSecret, managedStores } from '@gospelib/testkit';
import { applyObjects, kubectl } from './kubectl.ts';
import { mailServer } from './mail.pod.ts';

/** Outside the platform's namespace, as managed stores are; its label is what the network policies know. */
export const storesNamespace = 'gospelib-stores';

/** Those of the bench's overlay. */
export const storePasswords = {
  owner: 'bench-owner-password',
  redis: 'bench-redis-password',
  objects: { id: 'bench', secret: 'bench-object-storage-password' },
} as const;
const managed = managedStores(storePasswords);

/** Of all stores; and of a port of this machine, as an operator reaches the object storage. */
export const certifiedNames: readonly string[] = [
  ...Object.keys(managed).flatMap((name) =>
    ['', '.svc', '.svc.cluster.local'].map((end) => `${name}.${storesNamespace}${end}`),
  ),
  'localhost',
];

/** PostgreSQL 16 and Redis 7 over TLS only, an object store, and a mail server. @returns the stores' authority, as PEM */
export async function startStores(images: Images): Promise<string> {
  await kubectl(['delete', 'namespace', storesNamespace, '--ignore-not-found', '--wait']);
  const mail = { image: 'reader', port: 2525, volumes: ['/data'], args: ['-e', mailServer] };
  const tls = makeTlsSecret(certifiedNames);
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
      stringData: tls,
    },
    ...Object.entries(managed).flatMap(([name, one]) => store(name, images(one.image), one)),
    ...store('mail', images(mail.image), mail, { http: 8025 }),
  );
  await kubectl(['rollout', 'status', 'deployment', '--timeout=90s'], {
    namespace: storesNamespace,
  });
  return tls['ca.crt'];
}

/** Asked by every request, or nearly. */
const busy: ReadonlySet<string> = new Set(['postgresql', 'redis']);

/**
 * A Deployment of one pod with its data on the node for as long as it lives and the certificate of the Secret `tls`, and
 * its Service.
 */
export function store(
  name: string,
  image: string,
  { port, volumes, args = [], env = {} }: ManagedStore,
  others: Readonly<Record<string, number>> = {},
  namespace = storesNamespace,
): object[] {
  // Their share of the processor beside pods that start: elsewhere they have machines of their own.
  const cpu = busy.has(name) ? '200m' : '20m';
  const labels = { app: name };
  const metadata = { name, namespace };
  const ports = Object.entries({ own: port, ...others });
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
                env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
                ports: ports.map(([own, containerPort]) => ({ name: own, containerPort })),
                readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
                resources: {
                  requests: { cpu, memory: '32Mi' },
                  limits: { memory: '512Mi' },
                },
                volumeMounts: [
                  ...volumes.map((mountPath, index) => ({ name: `v${index}`, mountPath })),
                  { name: 'tls', mountPath: '/tls', readOnly: true },
                ],
              },
            ],
            volumes: [
              ...volumes.map((_, index) => ({ name: `v${index}`, emptyDir: {} })),
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
        ports: ports.map(([own, number]) => ({ name: own, port: number, targetPort: own })),
      },
    },
  ];
}
