import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pushNodeImage } from '@gospelib/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClusterTarget } from '../cluster.target.ts';
import { missingPrograms } from '../testing/add-on.images.ts';
import { type BenchCluster, makeBenchCluster } from '../testing/bench.cluster.ts';
import { noCluster } from '../testing/cluster.harness.ts';
import { busyFor, scaledStandIn } from '../testing/scaled.stand-in.ts';
import { planBootstrap } from './cluster.bootstrap.ts';

const missing = missingPrograms();
const why =
  noCluster ?? (missing.length > 0 ? `needs ${missing.join(', ')} on the PATH` : undefined);
if (why) console.warn(`SKIPPED: the bootstrap of a cluster ${why}.`);

const registry = process.env.GOSPELIB_REGISTRY ?? '';
/** Where something stands in for content. */
const scaling = 'gospelib-lane-scaling';
const kubectl = (...args: string[]) => execFileSync('kubectl', args, { encoding: 'utf8' });

describe.skipIf(why)('an empty cluster', () => {
  let bench: BenchCluster;
  let folder: string;
  const target: ClusterTarget = {
    name: 'own',
    context: why ? '' : kubectl('config', 'current-context').trim(),
    namespace: 'gospelib-lane-bootstrap',
    origin: 'http://own.test',
    asks: false,
    secret: 'gospelib-backups',
    providerKey: true,
    contextVariable: 'GOSPELIB_CONTEXT_OWN',
    file: 'infra/environments.json',
  };
  const key = { GOSPELIB_PROVIDER_KEY_ID: 'an-id', GOSPELIB_PROVIDER_KEY_SECRET: 'a-secret' };
  const plan = (env: NodeJS.ProcessEnv = process.env) =>
    planBootstrap({ target, root: bench.root, env, say: () => {} });

  beforeAll(async () => {
    const there = kubectl('get', 'namespaces', '--output=name');
    if (there.includes('namespace/argocd\n')) {
      const path = '--output=jsonpath={.spec.source.path}';
      const left = kubectl(
        'get',
        'applications',
        'cluster',
        '-nargocd',
        '--ignore-not-found',
        path,
      );
      if (left !== 'infra/cluster/own') throw new Error('Argo CD is there already: not ours.');
      removeAll();
    }
    kubectl('delete', '--ignore-not-found', 'namespace', scaling);
    kubectl('create', 'namespace', scaling);
    const objects = scaledStandIn(await pushNodeImage(registry), scaling);
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
    execFileSync('kubectl', ['apply', `--namespace=${scaling}`, '-f', '-'], { input });
    folder = mkdtempSync(join(tmpdir(), 'gospelib-bootstrap-lane-'));
    bench = await makeBenchCluster(folder, registry);
  });
  afterAll(async () => {
    await bench?.mirrors.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true });
    removeAll();
  });

  const replicas = () => {
    const path = '--output=jsonpath={.status.readyReplicas}';
    return Number(kubectl('get', 'deploy/gospelib-content', `--namespace=${scaling}`, path));
  };

  test('keeps two pods of what scales while nobody measures them', async () => {
    await expect.poll(replicas).toBe(2);
  });

  test('is not begun without the key that its pods need', async () => {
    const { steps, execute } = await plan();
    expect(steps.map(({ name }) => name)).toEqual(['provider key', 'argo cd', 'applications']);
    await expect(execute(0)).rejects.toThrow('GOSPELIB_PROVIDER_KEY_ID');
    expect(kubectl('get', 'namespaces', '--output=name')).not.toContain('argocd');
  });

  test('becomes one that Argo CD looks after, itself included', async () => {
    const { execute } = await plan({ ...process.env, ...key });
    expect(await execute(300_000)).toEqual(
      [
        ['argocd', 'v3.2.11'],
        ['cluster', 'main'],
        ['external-secrets', '1.3.2'],
        ['gateway-api', 'v1.4.1'],
        ['metrics-server', 'v0.8.0'],
      ].map(([name, version]) => ({ name, version, ready: true, state: 'Synced, Healthy' })),
    );
  });

  test('has the kinds that the platform’s manifests name, and measures its pods', async () => {
    const kinds = ['gateways.gateway.networking.k8s.io', 'externalsecrets.external-secrets.io'];
    kubectl('wait', '--for=condition=Established', ...kinds.map((kind) => `crd/${kind}`));
    await expect
      .poll(() => tryKubectl('top', 'pods', '--namespace=argocd', '--no-headers'))
      .toMatch(/argocd-server\S* +\d+m +\d+Mi/);
  });

  test('scales production’s pods from two to more under load, and back', async () => {
    const metrics = ['get', 'hpa/gospelib-content', `--namespace=${scaling}`];
    const seen =
      '--output=jsonpath={.status.currentMetrics[0].resource.current.averageUtilization}';
    await expect.poll(() => kubectl(...metrics, seen), { timeout: 120_000 }).toMatch(/^\d+$/);
    expect(replicas()).toBe(2);
    kubectl(`--namespace=${scaling}`, ...busyFor(600));
    await expect.poll(replicas, { timeout: 120_000 }).toBeGreaterThan(2);
    // Whichever of them is busy: all are new.
    kubectl('rollout', 'restart', 'deploy/gospelib-content', `--namespace=${scaling}`);
    await expect.poll(replicas, { timeout: 150_000 }).toBe(2);
  }, 420_000);

  test('a second run changes nothing', async () => {
    const before = versionsOfAll();
    const { steps, execute } = await plan();
    expect(steps).toEqual([]);
    expect((await execute(60_000)).every(({ ready }) => ready)).toBe(true);
    expect(versionsOfAll()).toBe(before);
  });

  test('what is taken from Argo CD it brings back', async () => {
    kubectl('delete', '--namespace=argocd', 'service/argocd-server');
    await expect
      .poll(() => tryKubectl('get', '--namespace=argocd', 'service/argocd-server', '-oname'))
      .toBe('service/argocd-server\n');
  });

  /** Generation: it counts changes of what is wanted, not of what is seen. */
  function versionsOfAll(): string {
    const kinds = 'deployments,statefulsets,applications,appprojects,secrets,serviceaccounts';
    const each =
      '{range .items[*]}{.metadata.name}={.metadata.generation}={.metadata.uid}{"\\n"}{end}';
    return kubectl('get', kinds, '--namespace=argocd', `--output=jsonpath=${each}`);
  }
});

function tryKubectl(...args: string[]): string {
  try {
    return execFileSync('kubectl', args, { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return '';
  }
}

/** All but the kinds of others, which other lanes may use. */
function removeAll(): void {
  const none = '--ignore-not-found';
  const kind = kubectl('get', none, 'crd', 'applications.argoproj.io', '--output=name');
  // First, or Argo CD brings back what goes.
  if (kind) kubectl('delete', 'applications', '--all', '--namespace=argocd');
  // Then this one: no namespace ends while an API does not answer.
  kubectl('delete', none, 'apiservice', 'v1beta1.metrics.k8s.io');
  kubectl('delete', none, 'namespace', 'argocd', 'gospelib-lane-bootstrap', scaling);
  kubectl(
    'delete',
    none,
    'namespace',
    'cert-manager',
    'external-dns',
    'observability',
    'external-secrets',
    '--wait=false',
  );
  kubectl(
    'delete',
    none,
    'crd',
    ...['applications', 'applicationsets', 'appprojects'].map((one) => `${one}.argoproj.io`),
  );
  for (const kind of ['clusterrole', 'clusterrolebinding']) {
    kubectl('delete', none, kind, 'argocd-application-controller', 'argocd-server');
  }
  const own = '--selector=k8s-app=metrics-server';
  kubectl('delete', none, 'deployment,service,serviceaccount,rolebinding', own, '-nkube-system');
  kubectl('delete', none, 'clusterrole,clusterrolebinding', own);
}
