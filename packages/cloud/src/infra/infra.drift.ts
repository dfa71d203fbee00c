import { join } from 'node:path';
import { type ExplainedChange, explainDrift } from '../plan/plan.explain.ts';
import type { InfraEnvironment } from './infra.environment.ts';
import { openTerraform, type PlanOptions, parsePlan, workFolder } from './infra.plan.ts';

export interface Drift {
  /** What was changed behind Terraform's back. */
  drifted: readonly ExplainedChange[];
  /** What an apply would do about it, and about what was not applied yet. */
  pending: boolean;
}

/** Compares what is there with what was applied. Changes nothing, and takes no lock: it may run beside an apply. @throws OperatorError */
export async function findDrift(infra: InfraEnvironment, options: PlanOptions): Promise<Drift> {
  const terraform = await openTerraform(infra, options);
  const file = join(workFolder(options.root, infra), 'drift');
  const pending = await terraform.findsChanges([
    'plan',
    '-input=false',
    '-lock=false',
    `-out=${file}`,
  ]);
  const plan = parsePlan(await terraform.run(['show', '-json', file]));
  return { drifted: explainDrift(plan), pending };
}
