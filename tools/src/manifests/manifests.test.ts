import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { platform } from '@gospelib/platform';
import { describe, expect, test } from 'vitest';
import { findCatalogueFaults } from './catalogue.rules.ts';
import { type Manifest, podsOf } from './manifest.types.ts';
import { findNetworkFaults } from './network.rules.ts';
import {
  checkSchemas,
  hasKubectl,
  installKubeconform,
  kubeconform,
  overlays,
  readManifests,
  renderOverlay,
} from './overlay.render.ts';
import { findSecretFaults } from './secret.rules.ts';
import { findReplicaFaults, findWorkloadFaults } from './workload.rules.ts';

const root = resolve(import.meta.dirname, '../../..');
const texts = new Map(hasKubectl ? overlays.map((name) => [name, renderOverlay(name)]) : []);
const parsed = new Map([...texts].map(([name, text]) => [name, readManifests(text)]));
const program = hasKubectl ? installKubeconform() : undefined;
if (!hasKubectl) console.warn('SKIPPED: the manifests are not checked, since kubectl is missing.');
else if (!program) console.warn(`SKIPPED: no schema is checked, since ${kubeconform} is missing.`);

function findFaults(manifests: readonly Manifest[]): string[] {
  return [
    ...findWorkloadFaults(manifests),
    ...findReplicaFaults(manifests),
    ...findSecretFaults(manifests),
    ...findNetworkFaults(manifests, platform),
    ...findCatalogueFaults(manifests, platform),
  ];
}

const of = (name: (typeof overlays)[number]): Manifest[] => parsed.get(name) ?? [];
const staging = JSON.stringify(of('staging'));
const textOf = (name: (typeof overlays)[number]): string => texts.get(name) ?? '';

describe.skipIf(!hasKubectl)('each overlay', () => {
  test.each(overlays)('%s keeps to the rules', (name) => {
    const manifests = of(name);
    expect(manifests.filter((manifest) => podsOf(manifest)).length).toBeGreaterThan(9);
    expect(findFaults(manifests)).toEqual([]);
  });

  test('is the same when it is rendered again', () => {
    expect(renderOverlay('production')).toBe(textOf('production'));
  });

  test.skipIf(!program)('all of them have only what the schemas name', () => {
    expect(checkSchemas(program ?? '', [...texts.values()].join('\n---\n'))).toBe('');
  });

  test.skipIf(!program)('a field that does not exist is refused', () => {
    const planted = textOf('staging').replace('readOnlyRootFilesystem', 'readonlyRootFilesystem');
    expect(checkSchemas(program ?? '', planted)).toContain('readonlyRootFilesystem');
  });

  test('only production scales by itself', () => {
    const scaled = overlays.filter((name) => textOf(name).includes('HorizontalPodAutoscaler'));
    expect(scaled).toEqual(['production']);
  });

  test('the bench writes the Secrets that a provider’s store writes elsewhere, key by key', () => {
    const keysOf = (name: (typeof overlays)[number]) =>
      of(name).flatMap(({ kind, metadata, data, spec }) => {
        const keys = kind === 'Secret' ? data : spec?.target?.template?.data;
        return keys ? [`${metadata.name}: ${Object.keys(keys).sort().join(' ')}`] : [];
      });
    expect(keysOf('staging').length).toBeGreaterThan(5);
    expect(keysOf('bench').sort()).toEqual(keysOf('staging').sort());
  });

  test('the ingest is named by the version of the corpus that it makes', () => {
    const sources = resolve(root, 'services/ingest/src/sources/source.set.ts');
    const ask = `import { readSources } from ${JSON.stringify(sources)};
      process.stdout.write(readSources({ edition: 'default' }).version)`;
    const version = execFileSync(process.execPath, ['--input-type=module', '-e', ask], {
      encoding: 'utf8',
    });
    const jobs = of('staging').filter(({ kind }) => kind === 'Job');
    expect(
      jobs.map(({ metadata }) => metadata.name),
      'The corpus is another one: write its version into infra/k8s/base/ingest/ingest.yaml.',
    ).toContain(`gospelib-ingest-${version}`);
  });
});

/** Each is planted into the rendered staging overlay, as JSON; the fault that has to be named. */
const violations: [string, (text: string) => string, string][] = [
  [
    'a tag beside a digest',
    swap('gospelib-content@', 'gospelib-content:1.0@'),
    'by tag and digest',
  ],
  ['latest', swap(/gospelib-content@sha256:0+/, 'gospelib-content:latest'), 'was pushed last'],
  ['a tag', swap(/gospelib-content@sha256:0+/, 'gospelib-content:1.0'), 'else than its digest'],
  ['root', swap('"runAsNonRoot":true', '"runAsNonRoot":false'), 'may run as root'],
  [
    'a writable image',
    swap('"readOnlyRootFilesystem":true', '"readOnlyRootFilesystem":false'),
    'may write',
  ],
  ['a token', swap('"automountServiceAccountToken":false,"containers"', '"containers"'), 'a token'],
  ['no limit', swap(/"limits":\{.*?\},/, ''), 'lacks a request or a limit'],
  ['no replicas', swap('"replicas":1,', ''), 'nobody scales it'],
  [
    'no default',
    swap('"podSelector":{},"policyTypes":["Ingress",', '"podSelector":{},"policyTypes":['),
    'denies everything',
  ],
  [
    'an open policy',
    swap('{"matchLabels":{"gospelib.com/role":"gateway-controller"}}', '{}'),
    'to anybody',
  ],
  ['the metadata address', swap('"169.254.0.0/16",', ''), 'metadata address'],
  [
    'a path out that is missing',
    swap('"egress":[{"ports":[{"port":8100', '"egress":[{"ports":[{"port":8101'),
    'gateway may not reach content',
  ],
  [
    'a path in that is missing',
    swap(
      '"ingress":[{"from":[{"podSelector":{"matchLabels":{"app.kubernetes.io/name":"gateway"}}}],"ports":[{"port":8300',
      '"ingress":[{"from":[{"podSelector":{"matchLabels":{"app.kubernetes.io/name":"reader"}}}],"ports":[{"port":8300',
    ),
    'study does not let gateway in',
  ],
  ['another port', swap('"PORT":"8100"', '"PORT":"8101"'), 'content does not listen on 8100'],
  [
    'another address',
    swap('http://gospelib-accounts:8200', 'http://accounts:8200'),
    'ACCOUNTS_URL',
  ],
  [
    'a secret that is missing',
    swap('"AUTH_SECRETS":', '"AUTH_SECRET":'),
    'is not given AUTH_SECRETS',
  ],
  [
    'a secret in the open',
    swap('{"name":"HOST",', '{"name":"INTERNAL_SECRET","value":"x"},{"name":"HOST",'),
    'in the open',
  ],
  [
    'a key that is missing',
    swap('"MIGRATION_DATABASE_URL":', '"DATABASE":'),
    'which nobody writes',
  ],
  [
    'a password as it is in an address',
    swap('{{ .studypw | urlquery | replace \\"+\\" \\"%20\\" }}', '{{ .studypw }}'),
    'not escaped',
  ],
  ['another probe', swap('"path":"/ready"', '"path":"/health"'), 'not probed for readiness'],
  [
    'no time to drain',
    swap('"terminationGracePeriodSeconds":138', '"terminationGracePeriodSeconds":30'),
    'killed while it drains',
  ],
  [
    'a budget for nobody',
    swap('"selector":{"matchLabels":{"app.kubernetes.io/name":"study"}},"unhealthy', '"unhealthy'),
    'does not protect the pods',
  ],
  ['other resources', swap('"memory":"200Mi"', '"memory":"100Mi"'), 'other resources'],
];

/** Replaces the first place; a plant that finds no place fails. */
function swap(place: string | RegExp, by: string): (text: string) => string {
  return (text) => {
    const planted = text.replace(place, by);
    if (planted === text) throw new Error(`There is no ${place} to replace.`);
    return planted;
  };
}

describe.skipIf(!hasKubectl)('a planted violation is refused', () => {
  test.each(violations)('%s', (_title, plant, fault) => {
    expect(findFaults(JSON.parse(plant(staging))).join('\n')).toContain(fault);
  });

  test('a service of the catalogue that has no manifests', () => {
    const { study } = platform.services;
    const services = { ...platform.services, ...(study && { dummy: study }) };
    expect(findCatalogueFaults(of('staging'), { ...platform, services })).toContain(
      'dummy has no Deployment.',
    );
  });

  test('replicas of whom an autoscaler looks after', () => {
    const plant = swap(
      '"spec":{"progressDeadlineSeconds"',
      '"spec":{"replicas":2,"progressDeadlineSeconds"',
    );
    const faults = findReplicaFaults(JSON.parse(plant(JSON.stringify(of('production')))));
    expect(faults.join()).toContain('which its autoscaler fights');
  });
});
