import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';
import { type Plan, planSchema } from '../plan/plan.schema.ts';

const FOLDER = 'infra/terraform';

const recordedSchema = z.object({
  /** Of what it was made from: see `sourcesDigest`. */
  sources: z.string(),
  plan: planSchema,
});

/** Where the plan of an environment from nothing is kept, as the provider made it. */
export function recordedFile(environment: string): string {
  return `${FOLDER}/environments/${environment}/plan.recorded.json`;
}

/**
 * The plan of an environment from nothing, so that rules, cost and parity need neither a provider nor an account.
 * @throws OperatorError where it was not recorded, or from other sources than these
 */
export function recordedPlan(root: string, environment: string): Plan {
  const file = recordedFile(environment);
  const remedy =
    'Record it again, with the provider and an emulator: see docs/operations/infrastructure.md.';
  if (!existsSync(join(root, file))) throw new OperatorError(`${file} is not there.`, remedy);
  const { sources, plan } = recordedSchema.parse(
    JSON.parse(readFileSync(join(root, file), 'utf8')),
  );
  if (sources === sourcesDigest(root, environment)) return plan;
  throw new OperatorError(`${file} is of another configuration than the one that is here.`, remedy);
}

/** Of every .tf, template and settings file that the environment is made from. */
export function sourcesDigest(root: string, environment: string): string {
  const hash = createHash('sha256');
  for (const folder of [`${FOLDER}/modules`, `${FOLDER}/environments/${environment}`]) {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((each) => /\.(tf|tftpl|tfvars\.json)$/.test(each)).sort()) {
      hash.update(`${folder}/${name}\n`).update(readFileSync(join(root, folder, name)));
    }
  }
  return hash.digest('hex');
}
