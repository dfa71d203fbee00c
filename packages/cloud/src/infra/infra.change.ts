import { confirmWord, exitCodes, OperatorError } from '@gospelib/cli-kit';
import { askIdentity, type CallerIdentity, requireAccount } from '../account/account.guard.ts';
import { requireConsent } from '../plan/plan.consent.ts';
import { renderPlan } from '../plan/plan.explain.ts';
import { breaches } from '../rules/plan.rules.ts';
import { requireHandedOver } from './handed.over.ts';
import type { InfraEnvironment } from './infra.environment.ts';
import { makePlan, type PlanOptions, type SavedPlan } from './infra.plan.ts';

export interface ChangeInfraOptions extends PlanOptions {
  /** Addresses of what may be lost. */
  acceptLoss: readonly string[];
  /** Whether all may be lost that the plan loses: for the destruction of an environment. */
  acceptAll?: boolean;
  /** The environment's name, where it was typed on the command line. */
  confirmed: string | undefined;
  say(line: string): void;
}

/** A plan, and in whose account it was made. @throws OperatorError (refused) for another account than the environment's */
export async function planChange(
  infra: InfraEnvironment,
  options: PlanOptions & { say(line: string): void },
): Promise<SavedPlan & { identity: CallerIdentity }> {
  const identity = await askIdentity(infra.region, options.env);
  requireAccount(infra, identity);
  options.say(`${infra.name}: account ${identity.account}, ${infra.region}, as ${identity.arn}.`);
  return { ...(await makePlan(infra, options)), identity };
}

/**
 * Plans, tells, asks, and does exactly what was told.
 * @throws OperatorError (refused) where something would be lost that was not named, a rule is broken, or nobody agrees
 */
export async function changeInfra(
  infra: InfraEnvironment,
  options: ChangeInfraOptions,
): Promise<SavedPlan> {
  const made = await planChange(infra, options);
  const { terraform, file, plan, explained } = made;
  options.say(renderPlan(explained));
  if (explained.changes.length === 0) return made;
  if (options.acceptAll !== true) requireConsent(explained, options.acceptLoss);
  const broken = breaches(plan, infra.name);
  if (broken.length > 0) {
    throw new OperatorError(
      `This plan breaks rules of the house:\n${broken.map((each) => `  ${each}`).join('\n')}`,
      'Change the configuration; the rules stand in packages/cloud/src/rules.',
      { meaning: 'Nothing was changed.', exitCode: exitCodes.refused },
    );
  }
  requireHandedOver(plan, options.env);
  await confirmWord(infra.name, {
    accepted: options.confirmed === infra.name,
    option: `--confirm ${infra.name}`,
  });
  await terraform.follow(['apply', '-input=false', file], options.say);
  return made;
}
