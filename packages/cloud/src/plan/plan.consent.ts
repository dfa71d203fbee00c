import { exitCodes, OperatorError } from '@gospelib/cli-kit';
import type { ExplainedPlan } from './plan.explain.ts';

/**
 * A plan that lets go of something that holds data needs a consent that names it, by its address in full.
 * @throws OperatorError (refused) with what was not named, or with a name that the plan does not lose
 */
export function requireConsent({ losses }: ExplainedPlan, accepted: readonly string[]): void {
  const lost = new Set(losses.map(({ address }) => address));
  const strange = accepted.filter((address) => !lost.has(address));
  if (strange.length > 0) {
    throw new OperatorError(
      `The plan loses nothing by the name of ${strange.join(', ')}. Nothing was changed.`,
      'Look at the plan again: it is not the one that this consent was meant for.',
      { exitCode: exitCodes.refused },
    );
  }
  const unnamed = losses.filter(({ address }) => !accepted.includes(address));
  if (unnamed.length === 0) return;
  throw new OperatorError(
    `This plan loses something:\n${unnamed.map(({ address, kind, loss }) => `  ${address} is ${kind}: ${loss}`).join('\n')}`,
    `If that is meant, take a backup, then say so: ${unnamed.map(({ address }) => `--accept-loss '${address}'`).join(' ')}`,
    { meaning: 'Nothing was changed.', exitCode: exitCodes.refused },
  );
}
