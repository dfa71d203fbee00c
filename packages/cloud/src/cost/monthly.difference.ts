import { type Plan, plannedResources, priorResources } from '../plan/plan.schema.ts';
import { costOf } from './cost.model.ts';
import { readPrices, readUsage } from './price.book.ts';

/** What a plan changes about the month. */
export function monthlyDifference(
  root: string,
  environment: string,
  plan: Plan,
): { usd: number; says: string } {
  const [book, usage] = [readPrices(root), readUsage(root, environment)];
  const before = costOf(priorResources(plan), book, usage);
  const after = costOf(plannedResources(plan), book, usage);
  const usd = after.totalUsd - before.totalUsd;
  const sign = usd < 0 ? '−' : '+';
  return {
    usd,
    says: `A month would cost ${dollars(after.totalUsd)} (${sign}${dollars(Math.abs(usd))}), of which ${dollars(after.estimatedUsd)} by prices without a source.`,
  };
}

export function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`;
}
