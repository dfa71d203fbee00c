import { exitCodes, OperatorError } from '@gospelib/cli-kit';
import type { InfraEnvironment } from '../infra/infra.environment.ts';
import { makePlan, openTerraform, type PlanOptions } from '../infra/infra.plan.ts';
import type { ExplainedPlan } from '../plan/plan.explain.ts';
import { StateStore } from './state.store.ts';

/**
 * Puts a version of the state back and plans: the plan tells what the world has that this state does not know.
 * @returns how many changes that plan has; 0 is what has to come out
 * @throws OperatorError (refused) while somebody holds the lock, or for a version that is no state
 */
export async function restoreState(
  infra: InfraEnvironment,
  id: string,
  options: PlanOptions,
): Promise<{ pending: number; explained: ExplainedPlan }> {
  const store = new StateStore(infra, options.env);
  await store.requireFree();
  const version = (await store.versions()).find((each) => each.id === id);
  if (version?.content === undefined) {
    throw new OperatorError(
      `${id} is no version of the state of ${infra.name} that holds one.`,
      `./gl infra state versions ${infra.name}`,
      { meaning: 'Nothing was changed.', exitCode: exitCodes.refused },
    );
  }
  await store.restore(id);
  const { explained } = await makePlan(infra, options);
  return { pending: explained.changes.length, explained };
}

/** Gives a lock back whose holder is dead. @throws OperatorError where nobody holds it */
export async function unlockState(
  infra: InfraEnvironment,
  id: string,
  options: PlanOptions,
): Promise<void> {
  const terraform = await openTerraform(infra, options);
  await terraform.run(['force-unlock', '-force', id]);
}
