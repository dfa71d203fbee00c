import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';
import { type ExplainedPlan, explainPlan } from '../plan/plan.explain.ts';
import { type Plan, planSchema } from '../plan/plan.schema.ts';
import { Terraform } from '../terraform/terraform.ts';
import { withPlaceholders } from './handed.over.ts';
import type { InfraEnvironment } from './infra.environment.ts';

export interface PlanOptions {
  root: string;
  env: NodeJS.ProcessEnv;
  /** More arguments of `terraform plan`: `-destroy`, `-replace=ADDRESS`. */
  args?: readonly string[];
}

export interface SavedPlan {
  terraform: Terraform;
  /** The file that `terraform apply` takes. */
  file: string;
  plan: Plan;
  explained: ExplainedPlan;
}

/** Where plans and what the provider is made of are kept: never beside the sources. */
export function workFolder(root: string, { name }: InfraEnvironment): string {
  const folder = join(root, '.gl/infra', name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Terraform for one environment, initialised. @throws OperatorError */
export async function openTerraform(
  infra: InfraEnvironment,
  { root, env }: PlanOptions,
): Promise<Terraform> {
  const work = workFolder(root, infra);
  const terraform = new Terraform(infra.folder, {
    ...withPlaceholders(env),
    TF_DATA_DIR: join(work, 'terraform'),
  });
  await terraform.run(['init', '-input=false']);
  return terraform;
}

/** Plans, keeps the plan, and reads it. @throws OperatorError */
export async function makePlan(infra: InfraEnvironment, options: PlanOptions): Promise<SavedPlan> {
  const terraform = await openTerraform(infra, options);
  const file = join(workFolder(options.root, infra), 'plan');
  await terraform.run(['plan', '-input=false', `-out=${file}`, ...(options.args ?? [])]);
  const plan = parsePlan(await terraform.run(['show', '-json', file]));
  return { terraform, file, plan, explained: explainPlan(plan) };
}

/** @throws OperatorError for a plan of a format that is not known */
export function parsePlan(text: string): Plan {
  const parsed = planSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new OperatorError(
    `terraform show -json answered something else than was expected:\n${z.prettifyError(parsed.error)}`,
    'This Terraform may be of a version that this release does not know.',
  );
}
