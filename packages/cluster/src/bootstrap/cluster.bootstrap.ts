import { z } from 'zod';
import type { ClusterTarget } from '../cluster.target.ts';
import { Kubectl } from '../kube/kubectl.ts';
import { type ApplicationHealth, waitForApplications } from './application.health.ts';
import { apply, installArgocd } from './argocd.install.ts';
import { type BootstrapStep, planSteps } from './bootstrap.plan.ts';
import { type Declared, readDeclared } from './cluster.applications.ts';
import { findWithoutKey, writeProviderKey } from './provider.key.ts';

const NAMESPACE = 'argocd';
/** The Application that has all others. */
const ROOT = 'cluster';

export interface BootstrapOptions {
  target: ClusterTarget;
  /** The repository. */
  root: string;
  env: NodeJS.ProcessEnv;
  say(line: string): void;
}

export interface Bootstrap {
  steps: readonly BootstrapStep[];
  /** Does the steps, then waits until every Application is ready or the time is over. @throws OperatorError */
  execute(timeoutMs: number): Promise<readonly ApplicationHealth[]>;
}

/** Looks at a cluster and says what it takes until Argo CD looks after it. Changes nothing. @throws OperatorError */
export async function planBootstrap(options: BootstrapOptions): Promise<Bootstrap> {
  const { target, root, env, say } = options;
  const kubectl = new Kubectl({ ...target, namespace: NAMESPACE }, env);
  const declared = await readDeclared(kubectl, root, target.name);
  const keyed = target.providerKey
    ? ['cert-manager', 'external-dns', 'observability', target.namespace]
    : [];
  const withoutKey = await findWithoutKey(kubectl, keyed);
  const steps = planSteps(
    { handedOver: await isHandedOver(kubectl), withoutKey },
    { ...declared, argocdVersion: declared.argocd.targetRevision },
  );
  const work: Record<BootstrapStep['name'], () => Promise<void>> = {
    'provider key': () => writeProviderKey(kubectl, withoutKey, env),
    'argo cd': () => install(kubectl, declared),
    applications: () => apply(kubectl, declared.text),
  };
  return {
    steps,
    execute: async (timeoutMs) => {
      for (const { name, does } of steps) {
        say(does);
        await work[name]();
      }
      return waitForApplications(kubectl, declared.applications, timeoutMs, say);
    },
  };
}

async function install(kubectl: Kubectl, { argocd }: Declared): Promise<void> {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } };
  await apply(kubectl, JSON.stringify(namespace));
  await installArgocd(kubectl, argocd);
}

async function isHandedOver(kubectl: Kubectl): Promise<boolean> {
  const kind = 'applications.argoproj.io';
  // Of a kind that the cluster does not know nothing can be asked.
  if ((await kubectl.findOne([`crd/${kind}`], z.object({}))) === undefined) return false;
  return (await kubectl.findOne([`${kind}/${ROOT}`], z.object({}))) !== undefined;
}
