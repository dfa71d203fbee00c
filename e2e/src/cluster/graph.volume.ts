import { setTimeout as sleep } from 'node:timers/promises';
import type { Images } from '@gospelib/testkit';
import { applyObjects, getObject, kubectl } from './kubectl.ts';
import { storesNamespace } from './stores.fixture.ts';

const FOLDER = '/var/tmp/gospelib-cluster-tests';

interface List {
  items: { metadata: { name: string; annotations?: Record<string, string> } }[];
}

/**
 * Where the graph of a namespace lies: the cluster's own default storage, or where it has none, a folder of its node.
 * Whatever was there before is gone.
 */
export async function makeGraphVolume(namespace: string, images: Images): Promise<void> {
  const { items } = await getObject<List>(['storageclasses']);
  const key = 'storageclass.kubernetes.io/is-default-class';
  if (items.some(({ metadata }) => metadata.annotations?.[key] === 'true')) return;
  const folder = `${FOLDER}/${namespace}`;
  const name = `graph-of-${namespace}`;
  await kubectl(['delete', 'persistentvolume', name, '--ignore-not-found', '--wait=false']);
  await kubectl([
    'patch',
    'pv',
    name,
    '--type=merge',
    '-p',
    '{"metadata":{"finalizers":null}}',
  ]).catch(() => {});
  await onNode(
    images,
    FOLDER,
    [
      `fs.rmSync('/node/${namespace}', { recursive: true, force: true });`,
      `fs.mkdirSync('/node/${namespace}');`,
      `fs.chownSync('/node/${namespace}', 65532, 65532);`,
    ].join(''),
  );
  await applyObjects({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: '4Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      claimRef: { namespace, name: 'data-gospelib-falkordb-0' },
      hostPath: { path: folder, type: 'Directory' },
    },
  });
}

/** The volume goes with all that is on it; the store begins with an empty one. */
export async function loseGraphVolume(namespace: string, images: Images): Promise<void> {
  const inNamespace = { namespace };
  const scale = (replicas: number) =>
    kubectl(['scale', 'statefulset/gospelib-falkordb', `--replicas=${replicas}`], inNamespace);
  await scale(0);
  await kubectl(['wait', '--for=delete', 'pod/gospelib-falkordb-0', '--timeout=120s'], inNamespace);
  await kubectl(['delete', 'pvc', 'data-gospelib-falkordb-0'], inNamespace);
  await makeGraphVolume(namespace, images);
  await scale(1);
}

/** Runs a few lines of Node as root with a folder of the node at /node. */
async function onNode(images: Images, folder: string, script: string): Promise<void> {
  const name = 'on-node';
  const inStores = { namespace: storesNamespace };
  await kubectl(['delete', 'pod', name, '--ignore-not-found'], inStores);
  await applyObjects({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: storesNamespace },
    spec: {
      restartPolicy: 'Never',
      containers: [
        {
          name,
          image: images('reader'),
          args: ['-e', `const fs = require('node:fs');${script}`],
          securityContext: { runAsUser: 0 },
          volumeMounts: [{ name: 'node', mountPath: '/node' }],
        },
      ],
      volumes: [{ name: 'node', hostPath: { path: folder, type: 'DirectoryOrCreate' } }],
    },
  });
  for (;;) {
    const { status } = await getObject<{ status: { phase: string } }>(
      ['pod', name],
      storesNamespace,
    );
    if (status.phase === 'Succeeded') break;
    if (status.phase === 'Failed') {
      throw new Error(`The node's folder was not made: ${await kubectl(['logs', name], inStores)}`);
    }
    await sleep(200);
  }
}
