import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type AddOnImages, pushAddOnImages } from './add-on.images.ts';
import { moduleFolder, type SourceMirrors, startMirrors } from './source.mirrors.ts';

const repository = resolve(import.meta.dirname, '../../../..');
const versions = { argocd: 'v3.2.11', redis: '8.2.2-alpine', 'metrics-server': 'v0.8.0' };

/** What a cluster declares, with sources and images that can be had without the world outside. */
export interface BenchCluster {
  /** A repository whose `infra/cluster/own` declares it. */
  root: string;
  mirrors: SourceMirrors;
}

/**
 * Makes it below a folder. This is the one place that says what is otherwise than in `infra/cluster`: where sources and
 * images come from; of External Secrets only its kinds; without what exists as a chart alone (gateway controller,
 * cert-manager, external-dns), and without the settings, which need cert-manager's kinds.
 */
export async function makeBenchCluster(folder: string, registry: string): Promise<BenchCluster> {
  const images = await pushAddOnImages(registry, versions);
  const mirrors = await startMirrors(join(folder, 'mirrors'), registry);
  const inPlace = (text: string) => fromRegistry(text, images);
  const argocd = moduleFolder(`github.com/argoproj/argo-cd/v3@${versions.argocd}`);
  const gatewayApi = moduleFolder('sigs.k8s.io/gateway-api@v1.4.1');
  const metrics = moduleFolder(`sigs.k8s.io/metrics-server@${versions['metrics-server']}`);
  const secrets = moduleFolder('github.com/external-secrets/external-secrets@v1.3.2');
  addPart(
    mirrors,
    folder,
    'argo-cd',
    versions.argocd,
    join(argocd, 'manifests'),
    'manifests',
    inPlace,
  );
  addPart(mirrors, folder, 'gateway-api', 'v1.4.1', join(gatewayApi, 'config/crd'), 'config/crd');
  addPart(
    mirrors,
    folder,
    'metrics-server',
    versions['metrics-server'],
    join(metrics, 'manifests'),
    'manifests',
  );
  addPart(mirrors, folder, 'external-secrets', '1.3.2', join(secrets, 'config/crds/bases'), 'crds');
  const root = join(folder, 'gospelib-source');
  cpSync(join(repository, 'infra/cluster'), join(root, 'infra/cluster'), { recursive: true });
  mkdirSync(join(root, 'infra/cluster/own'));
  writeFileSync(
    join(root, 'infra/cluster/own/kustomization.yaml'),
    JSON.stringify(ownKustomization(mirrors.url, images)),
  );
  mirrors.add('gospelib', 'main', root);
  return { root, mirrors };
}

function addPart(
  mirrors: SourceMirrors,
  folder: string,
  name: string,
  version: string,
  from: string,
  path: string,
  change?: (text: string) => string,
): void {
  const part = join(folder, 'parts', name);
  mkdirSync(join(part, path), { recursive: true });
  cpSync(from, join(part, path), { recursive: true });
  mirrors.add(name, version, part, change);
}

/** Images under the tags that the text names, in the registry of the cluster. */
function fromRegistry(text: string, images: AddOnImages): string {
  return Object.entries(images).reduce(
    (changed, [theirs, ours]) =>
      changed
        .replaceAll(`newName: ${theirs}\n`, `newName: ${ours}\n`)
        .replaceAll(`image: ${theirs}:${versions.redis}`, `image: ${ours}:${versions.redis}`),
    text,
  );
}

function ownKustomization(url: string, images: AddOnImages): object {
  const patch = (name: string, changes: readonly object[]) => ({
    target: { kind: 'Application', name },
    patch: JSON.stringify(changes),
  });
  const set = (path: string, value: unknown) => ({ op: 'replace', path: `/spec/${path}`, value });
  const from = (name: string) => set('source/repoURL', `${url}/${name}.git`);
  const absent = [
    'gateway-controller',
    'cert-manager',
    'external-dns',
    'cluster-settings',
    'telemetry',
  ];
  const metrics = 'registry.k8s.io/metrics-server/metrics-server';
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: ['../base'],
    patches: [
      patch('cluster', [from('gospelib'), set('source/path', 'infra/cluster/own')]),
      patch('argocd', [from('argo-cd')]),
      patch('gateway-api', [from('gateway-api')]),
      patch('metrics-server', [
        from('metrics-server'),
        set('source/kustomize/images', [
          `gcr.io/k8s-staging-metrics-server/metrics-server=${images[metrics]}:${versions['metrics-server']}`,
        ]),
      ]),
      patch('external-secrets', [
        set('source', {
          repoURL: `${url}/external-secrets.git`,
          path: 'crds',
          targetRevision: '1.3.2',
        }),
      ]),
      { target: { kind: 'AppProject' }, patch: JSON.stringify([set('sourceRepos', ['*'])]) },
      ...absent.map((name) => ({
        target: { kind: 'Application', name },
        patch: JSON.stringify({ $patch: 'delete', kind: 'Application', metadata: { name } }),
      })),
    ],
  };
}
