import type { Delivery } from '@gospelib/recovery';
import { goBack } from '../release/go.back.ts';
import { environmentKube } from '../ship/environment.kube.ts';
import type { Context } from '../verb.ts';

/** What delivers releases to the environment of `--env`; nothing does to this machine. */
export function environmentDelivery(context: Context): Delivery | undefined {
  if (!context.isCluster) return undefined;
  const { root } = context.config;
  const kube = environmentKube(context);
  return {
    look: async () => (await import('@gospelib/delivery')).lookAtRelease(root, kube),
    goBack: async (keepMigrations) => {
      const { planRollback } = await import('@gospelib/delivery');
      const wish = { to: undefined, keepMigrations, acceptDataLoss: false };
      const plan = await planRollback(root, kube, wish);
      const { clusterSeconds, unfinished } = await goBack(context, kube, plan, 'recover');
      const runs = `${plan.to.tag} runs again after ${clusterSeconds} s`;
      // What is not ended is found by the next look, which says what is missing.
      return unfinished === undefined ? `${runs}, and stands in git.` : `${runs}; ${unfinished}`;
    },
  };
}
