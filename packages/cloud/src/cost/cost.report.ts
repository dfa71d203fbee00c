import { renderTable } from '@gospelib/cli-kit';
import { plannedResources } from '../plan/plan.schema.ts';
import { recordedPlan } from '../recorded/recorded.plan.ts';
import { type PricedChoice, priceChoices } from './cost.choices.ts';
import { type CostReport, costOf } from './cost.model.ts';
import { dollars } from './monthly.difference.ts';
import { readPrices, readUsage } from './price.book.ts';

/** What the page says of each environment, US dollars a month. */
const page: Readonly<Record<string, number>> = { staging: 2.5, production: 213 };

export interface EnvironmentCost extends CostReport {
  environment: string;
  /** What the overview promises; undefined for what it does not name. */
  promisedUsd: number | undefined;
  choices: readonly PricedChoice[];
  /** The choice that comes nearest to the promise. */
  nearest: PricedChoice | undefined;
}

/** What an environment costs a month, from its recorded plan. @throws OperatorError */
export function environmentCost(root: string, environment: string): EnvironmentCost {
  const book = readPrices(root);
  const report = costOf(
    plannedResources(recordedPlan(root, environment)),
    book,
    readUsage(root, environment),
  );
  const choices = priceChoices(report, book);
  const promisedUsd = page[environment];
  const far = ({ totalUsd }: PricedChoice) => Math.abs(totalUsd - (promisedUsd ?? 0));
  const nearest =
    promisedUsd === undefined ? undefined : choices.toSorted((a, b) => far(a) - far(b))[0];
  return { environment, ...report, promisedUsd, choices, nearest };
}

/** For people: lines, both totals, and what could be chosen. */
export function renderCost(cost: EnvironmentCost): string {
  const {
    environment,
    lines,
    sourcedUsd,
    estimatedUsd,
    totalUsd,
    unknown,
    promisedUsd,
    choices,
    nearest,
  } = cost;
  return [
    `${environment}, a month, on demand:`,
    renderTable(
      [
        { head: 'resource' },
        { head: 'price' },
        { head: 'how much', align: 'right' },
        { head: 'sourced $', align: 'right' },
        { head: 'estimated $', align: 'right' },
      ],
      lines.map(({ address, price, quantity, per, usd, sourced }) => [
        address,
        price,
        `${quantity} ${per}`,
        sourced ? cents(usd) : '',
        sourced ? '' : cents(usd),
      ]),
    ),
    `${dollars(sourcedUsd)} by dated, open sources + ${dollars(estimatedUsd)} by prices without one = ${dollars(totalUsd)}.`,
    unknown.length === 0
      ? 'Nothing is without a price.'
      : `Without a price: ${unknown.join(', ')}.`,
    ...(promisedUsd === undefined
      ? []
      : [
          `The overview says about ${dollars(promisedUsd)}: it is ${dollars(totalUsd)}.`,
          renderTable(
            [{ head: 'choice' }, { head: '$ a month', align: 'right' }, { head: 'gives up' }],
            choices.map(({ name, totalUsd: usd, gives }) => [name, cents(usd), gives]),
          ),
          `Nearest to it: ${nearest?.name}, ${dollars(nearest?.totalUsd ?? 0)}.`,
        ]),
  ].join('\n');
}

function cents(usd: number | undefined): string {
  return usd === undefined ? '?' : usd.toFixed(2);
}
