import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { parseDeclared } from './cluster.applications.ts';

const root = resolve(import.meta.dirname, '../../../..');
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
if (!hasKubectl) console.warn('SKIPPED: infra/cluster is not checked, since kubectl is missing.');

const { environments } = JSON.parse(
  readFileSync(join(root, 'infra/environments.json'), 'utf8'),
) as { environments: Record<string, { providerKey?: boolean }> };

interface Source {
  repoURL: string;
  targetRevision: string;
  path?: string;
}
interface Manifest {
  kind: string;
  metadata: { name: string };
  spec: { source: Source; destination: { namespace: string }; sourceRepos: string[] };
}

describe.skipIf(!hasKubectl).each(Object.entries(environments))(
  'what is declared for the cluster of %s',
  (name, { providerKey = false }) => {
    const folder = join(root, 'infra/cluster', name);
    const text = hasKubectl
      ? execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8' })
      : '';
    const manifests = parseAllDocuments(text).map((one): Manifest => one.toJS());
    const sources = manifests
      .filter(({ kind }) => kind === 'Application')
      .map(({ metadata, spec }) => ({ name: metadata.name, ...spec.source }));

    test('has every add-on, each at one version', () => {
      expect(sources.map((source) => source.name).sort()).toEqual([
        'argocd',
        'cert-manager',
        'cluster',
        'cluster-settings',
        'external-dns',
        'external-secrets',
        'gateway-api',
        'gateway-controller',
        'metrics-server',
        'telemetry',
      ]);
      const floating = sources.filter(
        ({ targetRevision }) => !/^v?\d+\.\d+\.\d+$/.test(targetRevision),
      );
      expect(floating.map((source) => source.name)).toEqual([
        'cluster',
        'cluster-settings',
        'telemetry',
      ]);
      expect(parseDeclared(text, folder).argocd.targetRevision).toBe('v3.2.11');
    });

    test('is declared whole, and comes from where its project may take it', () => {
      expect(text).not.toContain('replaced-by');
      const project = manifests.find(({ kind }) => kind === 'AppProject');
      const strangers = sources.filter(
        ({ repoURL }) => !project?.spec.sourceRepos.includes(repoURL),
      );
      expect(strangers).toEqual([]);
      expect(sources.find((source) => source.name === 'cluster')?.path).toBe(
        `infra/cluster/${name}`,
      );
      expect(sources.find((source) => source.name === 'telemetry')?.path).toBe(
        `infra/cluster/telemetry/${name}`,
      );
    });

    test('takes the provider’s rights from a key exactly where pods have no identity', () => {
      expect(text.includes('gospelib-provider-key')).toBe(providerKey);
      const settings = sources.find((source) => source.name === 'cluster-settings')?.path ?? '';
      expect(settings.endsWith('/k3s')).toBe(providerKey);
      const store = readFileSync(
        join(root, 'infra/k8s/overlays', name, 'secret-store.yaml'),
        'utf8',
      );
      expect(store.includes('gospelib-provider-key')).toBe(providerKey);
    });
  },
);

test('without Argo CD among them nothing is begun', () => {
  expect(() => parseDeclared('kind: Application', 'infra/cluster/x')).toThrow(
    'infra/cluster/x has no Application argocd',
  );
});
