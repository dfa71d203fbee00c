import { join } from 'node:path';
import { OperatorError, waitUntil } from '@gospelib/cli-kit';
import { findInfra, rebuildInfra, rebuildState } from '@gospelib/cloud';
import { ClusterEnvironment, chooseTarget, Kubectl, planBootstrap } from '@gospelib/cluster';
import type { RebuildParts } from '@gospelib/recovery';
import type { LocalConfig } from '@gospelib/supervisor';
import { say } from '../verb.ts';

const ADD_ONS_MS = 15 * 60_000;
const PLATFORM_MS = 20 * 60_000;
/** Names and CloudFront take their time. */
const SERVED_MS = 10 * 60_000;
const POLL_MS = 5_000;
const REQUEST_MS = 10_000;
/** Jobs that bring what an older backup holds to this release. */
const MIGRATIONS = ['migrations-accounts', 'migrations-study'];

/**
 * What an environment of a cluster is made of again.
 * @param confirmed the environment's name, where it was typed on the command line
 */
export function clusterParts(
  { root, env, dataDir }: LocalConfig,
  name: string,
  confirmed: string | undefined,
): RebuildParts & { close(): Promise<void> } {
  // Only what is done at the provider needs it: data may be restored into any cluster.
  const infra = () => findInfra(root, name);
  const target = chooseTarget(root, env, name);
  const environment = new ClusterEnvironment({ target, root, dataDir, env });
  const reporter = { say, progress: () => undefined };
  return {
    close: () => environment.close(),
    state: async () => rebuildState(infra(), { root, env }),
    infrastructure: async () => rebuildInfra(infra(), { root, env, say, confirmed }),
    async cluster() {
      const { execute } = await planBootstrap({ target, root, env, say });
      const found = await execute(ADD_ONS_MS);
      const late = found.filter(({ ready }) => !ready);
      if (late.length === 0) return `${found.length} applications are ready.`;
      throw new OperatorError(
        `Not ready: ${late.map((one) => `${one.name} (${one.state})`).join(', ')}.`,
        'The same command goes on waiting.',
      );
    },
    async platform() {
      const kubectl = new Kubectl({ ...target, namespace: 'argocd' }, env);
      await kubectl.run(['apply', '-k', join(root, 'infra/argocd', name)], { timeoutSeconds: 60 });
      const ready = async () => (await environment.status()).ready || undefined;
      if (await waitUntil(ready, { timeoutMs: PLATFORM_MS, everyMs: POLL_MS }))
        return 'All of it is ready.';
      throw new OperatorError(
        `Not all of it is ready after ${PLATFORM_MS / 60_000} min.`,
        `\`./gl --env ${name} status\` tells what is not; then the same command goes on.`,
      );
    },
    async gl(args) {
      await environment.runGl(args, reporter);
      if (args[0] === 'db') for (const job of MIGRATIONS) await environment.runJob(job, reporter);
      return `gl ${args.join(' ')} is done.`;
    },
    async served() {
      const url = `${target.origin}/api/v1/corpus`;
      const ask = () =>
        fetch(url, { signal: AbortSignal.timeout(REQUEST_MS) }).then(
          ({ ok }) => ok || undefined,
          () => undefined,
        );
      if (await waitUntil(ask, { timeoutMs: SERVED_MS, everyMs: POLL_MS }))
        return `${url} is answered.`;
      throw new OperatorError(
        `${url} is not answered.`,
        `Names and CloudFront take some minutes; \`./gl --env ${name} recover\` tells what else it may be.`,
      );
    },
  };
}
