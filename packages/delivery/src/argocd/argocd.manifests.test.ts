import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { PRODUCTION_BRANCH } from '../release/promotion.commit.ts';
import { applicationOf } from './application.client.ts';

const root = resolve(import.meta.dirname, '../../../..');
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
if (!hasKubectl) console.warn('SKIPPED: infra/argocd is not checked, since kubectl is missing.');

interface Kind {
  group: string;
  kind: string;
}
interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  spec: {
    source: { targetRevision: string; path: string; repoURL: string };
    destination: { namespace: string };
    destinations: { namespace: string }[];
    sourceRepos: string[];
    clusterResourceWhitelist: Kind[];
    namespaceResourceWhitelist: Kind[];
  };
}

function render(path: string): Manifest[] {
  const text = execFileSync('kubectl', ['kustomize', `${root}/infra/${path}`], {
    encoding: 'utf8',
  });
  return parseAllDocuments(text).map((one): Manifest => one.toJS());
}

const branches = { staging: 'stage', production: PRODUCTION_BRANCH };

describe.skipIf(!hasKubectl).each(Object.entries(branches))('%s', (environment, branch) => {
  const own = hasKubectl ? render(`argocd/${environment}`) : [];
  const application = own.find(({ kind }) => kind === 'Application');
  const project = own.find(({ kind }) => kind === 'AppProject');

  test('has one Application, which follows its branch to its namespace', () => {
    expect(application?.metadata.name).toBe(applicationOf(environment));
    expect(application?.spec.source).toMatchObject({
      targetRevision: branch,
      path: `infra/k8s/overlays/${environment}`,
    });
    expect(application?.spec.destination.namespace).toBe(`gospelib-${environment}`);
    expect(project?.spec.destinations).toMatchObject([{ namespace: `gospelib-${environment}` }]);
    expect(project?.spec.sourceRepos).toEqual([application?.spec.source.repoURL]);
  });

  test('may make exactly the kinds that the manifests have: neither rights nor secrets', () => {
    const name = ({ group, kind }: Kind) => `${group} ${kind}`;
    const { clusterResourceWhitelist = [], namespaceResourceWhitelist = [] } = project?.spec ?? {};
    const allowed = [...clusterResourceWhitelist, ...namespaceResourceWhitelist].map(name);
    expect(allowed.toSorted()).toEqual(kindsOfManifests());
    expect(allowed.filter((kind) => /^ Secret$|Role|Application|\*/.test(kind))).toEqual([]);
  });
});

describe.skipIf(!hasKubectl)('who looks at staging', () => {
  interface Rule {
    resources: string[];
    resourceNames?: string[];
    verbs: string[];
  }
  interface Policy {
    podSelector: { matchLabels: Record<string, string> };
    policyTypes: string[];
    ingress?: object[];
    egress: {
      to: { ipBlock?: { cidr: string; except?: string[] } }[];
      ports: { port: number }[];
    }[];
  }
  const own = hasKubectl ? render('argocd/staging') : [];

  test('may read its Application and write its record, and nothing else', () => {
    const role = own.find(({ kind }) => kind === 'Role') as unknown as { rules: Rule[] };
    expect(
      role.rules.map(({ resources, resourceNames, verbs }) => [resources, resourceNames, verbs]),
    ).toEqual([
      [['applications'], [applicationOf('staging')], ['get']],
      [['configmaps'], undefined, ['create']],
      [['configmaps'], ['gospelib-bake-staging'], ['get', 'update']],
    ]);
    expect(own.filter(({ kind }) => kind.startsWith('Cluster'))).toEqual([]);
  });

  test('is reached by nobody, and reaches names, the API server and public addresses alone', () => {
    const policies = own.filter(({ kind }) => kind === 'NetworkPolicy');
    expect(policies).toHaveLength(1);
    const [{ spec }] = policies as unknown as [{ spec: Policy }];
    const { podSelector, policyTypes, ingress, egress } = spec;
    expect(podSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'gospelib-bake' });
    expect([policyTypes, ingress]).toEqual([['Ingress', 'Egress'], undefined]);
    expect(
      egress.map(({ to, ports }) => [to[0]?.ipBlock?.cidr, ports.map(({ port }) => port)]),
    ).toEqual([
      [undefined, [53, 53]],
      ['10.0.0.0/8', [443, 6443]],
      ['0.0.0.0/0', [443]],
    ]);
    expect(egress[2]?.to[0]?.ipBlock?.except).toContain('10.0.0.0/8');
    const given = own.filter((one) =>
      JSON.stringify(one).includes('"automountServiceAccountToken":true'),
    );
    expect(given.map(({ kind }) => kind)).toEqual(['CronJob']);
  });

  test('runs beside Argo CD, by digest, and looks more often than a gap may be', () => {
    const job = own.find(({ kind }) => kind === 'CronJob');
    const text = JSON.stringify(job);
    expect(job?.metadata.namespace).toBe('argocd');
    expect(text).toMatch(/gospelib-ops@sha256:[0-9a-f]{64}/);
    expect(text).toContain('"schedule":"*/5 * * * *"');
  });
});

/** Of all that is written for environments of a provider; patches and kustomizations are no objects of a cluster. */
function kindsOfManifests(): string[] {
  const except = ['**/kustomization.yaml', '**/*.patch.yaml', '**/own-cluster/**', '**/bench/**'];
  const paths = globSync('infra/k8s/{base,components,overlays}/**/*.yaml', {
    cwd: root,
    exclude: except,
  });
  const kinds = paths.flatMap((path) =>
    parseAllDocuments(readFileSync(`${root}/${path}`, 'utf8')).map((one): string => {
      const { apiVersion, kind }: Manifest = one.toJS();
      const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
      return `${group} ${kind}`;
    }),
  );
  expect(kinds.length).toBeGreaterThan(20);
  // ConfigMaps are generated.
  return [...new Set([...kinds, ' ConfigMap'])].toSorted();
}
