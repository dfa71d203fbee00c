import type { EnvironmentKube, RollbackPlan, RollbackResult } from '@gospelib/delivery';
import { recorded } from '../ship/operation.record.ts';
import { type Context, say } from '../verb.ts';

const ROLL_OUT_S = 180;
const SETTLE_MS = 120_000;

/** Goes back as planned, and writes down who did it and why: for `rollback`, `promote` and `recover`. */
export async function goBack(
  context: Context,
  kube: EnvironmentKube,
  plan: RollbackPlan,
  why: string,
): Promise<RollbackResult> {
  const { runRollback } = await import('@gospelib/delivery');
  const what = `from ${plan.from.tag} to ${plan.to.tag}`;
  return recorded(context, { environment: kube.name, verb: 'rollback', why, what }, async () => {
    const how = { say, rollOutSeconds: ROLL_OUT_S, settleMs: SETTLE_MS };
    const value = await runRollback(context.config.root, kube, plan, how);
    return { result: value.unfinished ?? `commit ${value.commit}`, value };
  });
}
