import type { PlannedResource } from '../plan/plan.schema.ts';
import type { PriceBook, Usage } from './price.book.ts';
import { partsOf, sharedParts } from './resource.prices.ts';

export interface CostLine {
  address: string;
  price: string;
  quantity: number;
  per: string;
  /** US dollars a month; undefined: the price is not known. */
  usd: number | undefined;
  /** Whether a dated, open source stands behind the price. */
  sourced: boolean;
}

export interface CostReport {
  lines: readonly CostLine[];
  /** Of prices with a source alone. */
  sourcedUsd: number;
  /** Of those without one: estimates. */
  estimatedUsd: number;
  /** Both. */
  totalUsd: number;
  /** What has no price at all. */
  unknown: readonly string[];
}

/** What resources cost a month, on demand. Each resource is priced, free, or named as unknown. */
export function costOf(
  resources: readonly PlannedResource[],
  book: PriceBook,
  usage: Usage,
): CostReport {
  const unpriced = resources.filter(({ type, values }) => partsOf(type, values) === undefined);
  const own = resources.flatMap(({ address, type, values }) =>
    (partsOf(type, values) ?? []).map(({ price, quantity, times = 1 }) =>
      line(book, address, price, amount(quantity, price, book, usage) * times),
    ),
  );
  const types = new Set(resources.map(({ type }) => type));
  const shared = Object.entries(sharedParts)
    .filter(([type]) => types.has(type))
    .flatMap(([type, prices]) =>
      prices.map((price) => line(book, `all ${type}`, price, usage[price] ?? 0)),
    );
  const lines = [...own, ...shared].filter(({ quantity }) => quantity > 0);
  const sum = (some: readonly CostLine[]) => some.reduce((total, { usd = 0 }) => total + usd, 0);
  const known = lines.filter(({ usd }) => usd !== undefined);
  const sourcedUsd = sum(known.filter(({ sourced }) => sourced));
  const estimatedUsd = sum(known.filter(({ sourced }) => !sourced));
  return {
    lines: lines.toSorted((a, b) => (b.usd ?? 0) - (a.usd ?? 0)),
    sourcedUsd,
    estimatedUsd,
    totalUsd: sourcedUsd + estimatedUsd,
    unknown: [
      ...unpriced.map(({ address }) => address),
      ...lines
        .filter(({ usd }) => usd === undefined)
        .map(({ address, price }) => `${address} (${price})`),
    ],
  };
}

function line({ prices }: PriceBook, address: string, price: string, quantity: number): CostLine {
  const known = prices[price];
  return {
    address,
    price,
    quantity,
    per: known?.per ?? '?',
    usd: known && known.usd * quantity,
    sourced: known?.source != null,
  };
}

function amount(
  quantity: number | 'hours' | 'used',
  price: string,
  { hoursPerMonth }: PriceBook,
  usage: Usage,
): number {
  if (quantity === 'hours') return hoursPerMonth;
  return quantity === 'used' ? (usage[price] ?? 0) : quantity;
}
