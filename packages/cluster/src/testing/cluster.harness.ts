import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pushNodeImage } from '@gospelib/testkit';
import { afterAll, beforeAll } from 'vitest';
import { ClusterEnvironment } from '../cluster.environment.ts';
import type { ClusterTarget } from '../cluster.target.ts';

const { KUBECONFIG, GOSPELIB_REGISTRY } = process.env;

/** Why tests on a cluster cannot run; undefined: they can. */
export const noCluster =
  KUBECONFIG && GOSPELIB_REGISTRY
    ? undefined
    : 'needs a cluster: KUBECONFIG, and GOSPELIB_REGISTRY that it pulls from';

export interface ClusterHarness {
  environment: ClusterEnvironment;
  target: ClusterTarget;
  image: string;
  kubectl(...args: string[]): string;
  apply(...objects: object[]): void;
}

/** A namespace of its own on the cluster of KUBECONFIG, as an environment; it goes with the tests. */
export function clusterHarness(namespace: string): ClusterHarness {
  const kubectlWith = (input: string, args: readonly string[]) =>
    execFileSync('kubectl', [`--namespace=${namespace}`, ...args], { input, encoding: 'utf8' });
  const harness = {} as ClusterHarness;
  beforeAll(async () => {
    const context = kubectlWith('', ['config', 'current-context']).trim();
    const target: ClusterTarget = {
      name: 'own',
      context,
      namespace,
      origin: 'http://own.test',
      asks: false,
      secret: 'gospelib-backups',
      providerKey: false,
      contextVariable: 'GOSPELIB_CONTEXT_OWN',
      file: 'infra/environments.json',
    };
    const root = resolve(import.meta.dirname, '../../../..');
    const kubectl = (...args: string[]) => kubectlWith('', args);
    Object.assign(harness, {
      target,
      environment: new ClusterEnvironment({ target, root, dataDir: root, env: process.env }),
      image: await pushNodeImage(GOSPELIB_REGISTRY ?? ''),
      kubectl,
      apply: (...items: object[]) =>
        void kubectlWith(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }), [
          'apply',
          '-f',
          '-',
        ]),
    } satisfies ClusterHarness);
    // One that a killed run left is removed first.
    kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait');
    kubectl('create', 'namespace', namespace);
  });
  afterAll(async () => {
    await harness.environment?.close();
    harness.kubectl?.('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
  });
  return harness;
}
