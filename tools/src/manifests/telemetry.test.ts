import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { platform } from '@gospelib/platform';
import { describe, expect, test } from 'vitest';
import { type Manifest, podsOf } from './manifest.types.ts';
import { findNetworkFaults } from './network.rules.ts';
import {
  checkSchemas,
  hasKubectl,
  installKubeconform,
  readManifests,
  render,
  renderOverlay,
  telemetry,
} from './overlay.render.ts';
import { findSecretFaults, secretKeys } from './secret.rules.ts';
import { findReplicaFaults, findWorkloadFaults } from './workload.rules.ts';

const alloyFolder = resolve(import.meta.dirname, '../../../infra/observability/alloy');
const texts = new Map(hasKubectl ? telemetry.map((path) => [path, render(path)]) : []);
const program = hasKubectl ? installKubeconform() : undefined;
if (!hasKubectl) console.warn('SKIPPED: telemetry is not checked, since kubectl is missing.');

/** What watches needs more than what is watched; every exception stands here. */
const exceptions = [
  'DaemonSet agent is given a token of the API server',
  'DaemonSet agent mounts a folder of its node',
  'Deployment kube-state-metrics is given a token of the API server',
];

describe.skipIf(!hasKubectl).each([...texts])('%s', (path, text) => {
  const manifests = readManifests(text);
  const find = (kind: string): Manifest[] => manifests.filter((one) => one.kind === kind);
  const environment = path.split('/').at(-1);

  test('keeps to the rules of the platform but for what watching needs', () => {
    expect(manifests.filter((one) => podsOf(one)).length).toBe(5);
    const faults = [
      ...findWorkloadFaults(manifests),
      ...findReplicaFaults(manifests),
      ...findSecretFaults(manifests),
      ...findNetworkFaults(manifests, { ...platform, services: {} }),
    ];
    const key = /^Deployment collector uses [a-z-]+ of gospelib-provider-key, which nobody writes/;
    const keyed = faults.filter((fault) => key.test(fault));
    expect(keyed.length).toBe(environment === 'staging' ? 2 : 0); // the bootstrap writes it
    // Images are those of upstream; @gospelib/observability has a test of how they are named.
    const upstream = /names [\w./-]+:v?[\d.]+(@sha256:\w+)? by (tag and digest|something else)/;
    const strange = faults.filter(
      (fault) =>
        !exceptions.some((one) => fault.includes(one)) &&
        !keyed.includes(fault) &&
        !upstream.test(fault),
    );
    expect(strange).toEqual([]);
    const unused = exceptions.filter((one) => !faults.some((fault) => fault.includes(one)));
    expect(unused).toEqual([]);
  });

  test('reads of its node, and does not write to it', () => {
    const [agent] = find('DaemonSet');
    const mounted = JSON.stringify(agent && podsOf(agent)?.spec.containers[0]);
    for (const folder of ['/host/proc', '/host/sys', '/host/root']) {
      expect(mounted).toMatch(new RegExp(`\\{[^{}]*"mountPath":"${folder}"[^{}]*"readOnly":true`));
    }
  });

  test('may only look: no rule lets it change an object, or read a Secret', () => {
    const roles = find('ClusterRole') as (Manifest & {
      rules: { verbs: string[]; resources: string[] }[];
    })[];
    expect(roles.length).toBe(2);
    for (const { rules } of roles) {
      for (const { verbs, resources } of rules) {
        expect(['get', 'list', 'watch']).toEqual(expect.arrayContaining(verbs));
        expect(resources.filter((one) => /secrets|\*/.test(one))).toEqual([]);
      }
    }
  });

  test('lets nobody into Grafana who has not signed in, and nobody past the way in', () => {
    const grafana = find('Deployment').find(({ metadata }) => metadata.name === 'grafana');
    const [container] = podsOf(grafana as Manifest)?.spec.containers ?? [];
    const set = new Map(container?.env?.map(({ name, value }) => [name, value]));
    expect(set.get('GF_AUTH_ANONYMOUS_ENABLED')).toBe('false');
    expect(set.get('GF_AUTH_BASIC_ENABLED')).toBe('false');
    expect(set.get('GF_AUTH_DISABLE_LOGIN_FORM')).toBe('true');
    expect(set.get('GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION')).toBe('true');
    expect(set.get('GF_AUTH_GENERIC_OAUTH_ENABLED')).toBe('true');
    expect(set.get('GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_STRICT')).toBe('true');
    const policies = find('NetworkPolicy').filter(
      ({ spec }) =>
        JSON.stringify(spec?.podSelector).includes('"grafana"') && spec?.ingress !== undefined,
    );
    expect(policies.map(({ spec }) => spec?.ingress)).toEqual([
      [
        {
          from: [
            { namespaceSelector: { matchLabels: { 'gospelib.com/role': 'gateway-controller' } } },
          ],
          ports: [{ protocol: 'TCP', port: 3000 }],
        },
      ],
    ]);
    const host =
      environment === 'staging' ? 'grafana.staging.gospelib.com' : 'grafana.gospelib.com';
    expect(text).toContain(`GF_SERVER_ROOT_URL: https://${host}\n`);
    for (const kind of ['Gateway', 'HTTPRoute'])
      expect(JSON.stringify(find(kind).map(({ spec }) => spec))).toContain(`"${host}"`);
  });

  test('has what Grafana’s sources and sign-in need, in a secret that the agent does not get', () => {
    const sources = find('ConfigMap').find(({ metadata }) =>
      metadata.name.startsWith('grafana-sources'),
    );
    const named = [...JSON.stringify(sources?.data).matchAll(/[^$]\$([A-Z_]+)/g)].map(
      ([, name]) => name,
    );
    expect(new Set(named).size).toBe(11);
    const keys = secretKeys(manifests).get('gospelib-grafana') ?? new Set();
    expect([...new Set(named)].filter((name) => !keys.has(name ?? ''))).toEqual([]);
    const sending = secretKeys(manifests).get('gospelib-telemetry') ?? new Set();
    expect([...sending].filter((name) => /QUERY|OAUTH|GF_/.test(name))).toEqual([]);
    const read = find('ConfigMap').flatMap(({ data }) => Object.entries(data ?? {}));
    const alloy = read.filter(([name]) => name.endsWith('.alloy')).map(([, content]) => content);
    const variables = [...alloy.join('').matchAll(/sys\.env\("(\w+)"\)/g)].map(([, name]) => name);
    expect([...sending].filter((name) => !variables.includes(name))).toEqual([]);
  });

  test('hands what pages send on to the agent, by the host that they are of', () => {
    const overlay = readManifests(renderOverlay(environment ?? ''));
    const route = overlay.find(
      ({ kind, metadata }) => kind === 'HTTPRoute' && metadata.name === 'gospelib-signals',
    );
    const [grant] = find('ReferenceGrant').map(({ spec }) => spec);
    expect(grant).toEqual({
      from: [
        {
          group: 'gateway.networking.k8s.io',
          kind: 'HTTPRoute',
          namespace: `gospelib-${environment}`,
        },
      ],
      to: [{ group: '', kind: 'Service', name: 'agent' }],
    });
    const agent = find('Service').find(({ metadata }) => metadata.name === 'agent');
    const { rules, hostnames } = (route?.spec ?? {}) as { rules?: object[]; hostnames?: string[] };
    expect(agent?.spec?.ports?.map(({ port }) => port)).toContain(12347);
    expect(rules).toMatchObject([
      { backendRefs: [{ name: 'agent', namespace: 'observability', port: 12347 }] },
    ]);
    const told = overlay.flatMap(({ kind, data }) =>
      kind === 'ConfigMap' ? (data?.FARO_URL ?? []) : [],
    );
    expect(told).toEqual([
      `https://${hostnames?.[0]}/collect`,
      `https://${hostnames?.[0]}/collect`,
    ]);
  });

  test('is asked for what it has: each metric of a cluster that an alert names is let through', () => {
    const rules = readFileSync(join(alloyFolder, '../prometheus/rules/cluster.yaml'), 'utf8');
    const asked = new Set(rules.match(/\b(?:kube|kubelet)_\w+/g));
    expect(asked.size).toBe(5);
    const [, allowed = ''] = /--metric-allowlist=(\S+)/.exec(text) ?? [];
    const kept = /regex\s+= "(container_[^"]+)"/.exec(text)?.[1] ?? '';
    for (const name of asked) {
      expect([
        name,
        allowed.split(',').includes(name) || new RegExp(`^(${kept})$`).test(name),
      ]).toEqual([name, true]);
    }
  });

  test('has the agent’s files as they are', () => {
    const maps = find('ConfigMap').flatMap(({ data }) => Object.entries(data ?? {}));
    const files = maps.filter(([name]) => name.endsWith('.alloy'));
    expect(files.length).toBe(6);
    for (const [name, content] of files) {
      expect(content).toBe(readFileSync(join(alloyFolder, name), 'utf8'));
    }
  });

  test('has what the platform is told of, and is let in by it', () => {
    const overlay = renderOverlay(environment ?? '');
    const addresses = [...overlay.matchAll(/http:\/\/([a-z-]+)\.observability:(\d+)/g)];
    expect(new Set(addresses.map(([address]) => address)).size).toBe(3);
    for (const [, name, port] of addresses) {
      const service = find('Service').find(({ metadata }) => metadata.name === name);
      expect(service?.spec?.ports?.map((one) => String(one.port))).toContain(port);
      expect(overlay).toContain(`port: ${port}`);
    }
    expect(text).toContain('gospelib.com/role: observability');
    expect(text).toContain(`ENVIRONMENT: ${environment}`);
  });

  test.skipIf(!program)('has only what the schemas name', () => {
    expect(checkSchemas(program ?? '', text)).toBe('');
  });
});
