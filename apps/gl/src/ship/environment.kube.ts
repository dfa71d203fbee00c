import { UsageError } from '@gospelib/cli-kit';
import { chooseTarget, Kubectl } from '@gospelib/cluster';
import type { EnvironmentKube } from '@gospelib/delivery';
import type { Context } from '../verb.ts';

const ARGOCD = 'argocd';

/** The namespaces of an environment that delivery works in: that of `--env`, or the one that is named. @throws UsageError */
export function environmentKube(
  { config: { root, env }, environment, isCluster }: Context,
  name = environment.name,
): EnvironmentKube & { origin: string } {
  if (!isCluster && name === environment.name) {
    throw new UsageError('Which environment? --env names it.');
  }
  const target = chooseTarget(root, env, name);
  return {
    name,
    origin: target.origin,
    argocd: new Kubectl({ ...target, namespace: ARGOCD }, env),
    platform: new Kubectl(target, env),
  };
}
