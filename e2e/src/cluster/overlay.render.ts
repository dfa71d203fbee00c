import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { platform } from '@gospelib/platform';
import type { Images } from '@gospelib/testkit';
import { generousEnvironment } from '../generous.environment.ts';
import { repository } from '../platform.ts';
import { kubectl } from './kubectl.ts';

/** What differs on the cluster of a test run from what git has; nothing else of the overlays is changed. */
export interface Patched {
  overlay: 'bench' | 'production';
  images: Images;
  /** Where readers come from: the issuer of tokens. */
  origin: string;
  /** The authority of the stores, as PEM. */
  authority: string;
}

const ownCluster = join(repository, 'infra/k8s/components/own-cluster');

/** The names that the overlays have for the registry. */
const registries = {
  bench: 'registry.bench.invalid',
  production: '000000000000.dkr.ecr.us-east-1.amazonaws.com',
} as const;

export const namespaces = { bench: 'gospelib-staging', production: 'gospelib-production' } as const;

/** The overlay as it is applied, as text. */
export async function renderPatched(patched: Patched): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-overlay-'));
  try {
    writeFileSync(join(folder, 'ca.crt'), patched.authority);
    writeFileSync(join(folder, 'from-outside.yaml'), JSON.stringify(fromOutside));
    const base = join(folder, 'base');
    mkdirSync(base);
    writeKustomization(base, {
      kind: 'Kustomization',
      resources: [relative(base, join(repository, 'infra/k8s/overlays', patched.overlay))],
      // The bench's overlay has it already.
      components: patched.overlay === 'bench' ? [] : [relative(base, ownCluster)],
    });
    writeKustomization(folder, kustomize(patched));
    return await kubectl(['kustomize', folder]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeKustomization(folder: string, content: object): void {
  writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(content));
}

function kustomize({ overlay, images, origin }: Patched): object {
  const registry = images('gateway').split('/')[0];
  const names = [...Object.keys(platform.services), 'ingest', 'ops', 'falkordb'];
  const merge = (name: string, literals: readonly string[]) => ({
    name: `gospelib-${name}`,
    behavior: 'merge',
    literals,
  });
  const publicUrl = `PUBLIC_URL=${origin}`;
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    namespace: namespaces[overlay],
    resources: ['base', 'from-outside.yaml'],
    generatorOptions: { disableNameSuffixHash: true },
    images: names.map((name) => {
      const [newName, digest] = images(name).split('@');
      return { name: `${registries[overlay]}/gospelib-${name}`, newName, digest };
    }),
    configMapGenerator: [
      merge('admission', [`registry=${registry}`]),
      merge('accounts', [publicUrl]),
      merge('study', [publicUrl]),
      // One address sends what is otherwise sent by a thousand.
      merge('gateway', [publicUrl, ...Object.entries(generousEnvironment).map((e) => e.join('='))]),
    ],
    secretGenerator: ['accounts', 'study', 'gateway', 'migrations', 'backups'].map((name) => ({
      name: `gospelib-${name}`,
      behavior: 'merge',
      files: ['ca.crt'],
    })),
    patches: [...unread, ...(overlay === 'production' ? [oneNode] : [])],
  };
}

/** No controller is there that would read them. */
const unread = ['Gateway', 'HTTPRoute', 'ExternalSecret', 'SecretStore'].map((kind) => ({
  target: { kind },
  patch: JSON.stringify({ $patch: 'delete', kind, metadata: { name: 'any' } }),
}));

/** Two of each have their place on one small node: what they are sure of there is a share, not a measure. */
const oneNode = {
  target: { kind: 'Deployment' },
  patch: JSON.stringify([
    {
      op: 'replace',
      path: '/spec/template/spec/containers/0/resources/requests/cpu',
      value: '50m',
    },
  ]),
};

/** The tests are readers from outside: a port of the node leads to the gateway. */
const fromOutside = {
  apiVersion: 'v1',
  kind: 'List',
  items: [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'from-outside' },
      spec: {
        type: 'NodePort',
        selector: { 'app.kubernetes.io/name': 'gateway' },
        ports: [{ name: 'http', port: 8080, targetPort: 'http' }],
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'from-outside' },
      spec: {
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'gateway' } },
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 8080 }] }],
      },
    },
  ],
};
