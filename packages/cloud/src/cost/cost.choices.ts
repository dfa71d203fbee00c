import type { CostLine, CostReport } from './cost.model.ts';
import type { PriceBook } from './price.book.ts';

/** A choice that makes it cheaper, and what is given up for it. */
interface Choice {
  name: string;
  gives: string;
  /** Price id → what stands in its place; null: it is not needed any more. */
  instead?: Readonly<Record<string, string | null>>;
  /** Price id prefix → part of the price that is left. Rates of commitments are not in any open source. */
  part?: Readonly<Record<string, number>>;
}

const graviton = { 'ec2.t3.medium': 'ec2.t4g.medium', 'rds.db.t3.micro': 'rds.db.t4g.micro' };
const smaller = {
  'rds.db.r6g.large': 'rds.db.t4g.medium',
  'cache.cache.r6g.large': 'cache.cache.t4g.small',
};
const committed = { 'ec2.': 0.73, 'rds.db.': 0.67, 'cache.': 0.67 };

const choices: readonly Choice[] = [
  { name: 'as it is, on demand', gives: 'nothing' },
  {
    name: 'Graviton',
    gives: 'images for arm64, which FalkorDB’s package does not have',
    instead: graviton,
  },
  {
    name: 'committed for a year (Savings Plan, reserved), nothing paid ahead',
    gives: 'a year',
    part: committed,
  },
  {
    name: 'smaller classes of stores',
    gives: 'memory and processor that nobody was seen to need yet',
    instead: smaller,
  },
  { name: 'smaller classes, committed', gives: 'both', instead: smaller, part: committed },
  {
    name: 'smaller classes, committed, nodes without NAT gateway',
    gives: 'nodes with public addresses',
    instead: { ...smaller, 'nat.hour': null, 'nat.gb': null },
    part: committed,
  },
];

export interface PricedChoice {
  name: string;
  gives: string;
  totalUsd: number;
}

/** What each choice would make of a month. All are estimates where a price has no source. */
export function priceChoices({ lines }: CostReport, book: PriceBook): readonly PricedChoice[] {
  return choices.map(({ name, gives, instead = {}, part = {} }) => ({
    name,
    gives,
    totalUsd: lines.reduce((total, line) => total + priced(line, book, instead, part), 0),
  }));
}

function priced(
  { price, quantity, usd = 0 }: CostLine,
  { prices }: PriceBook,
  instead: NonNullable<Choice['instead']>,
  part: NonNullable<Choice['part']>,
): number {
  const other = instead[price];
  if (other === null) return 0;
  const base = other === undefined ? usd : (prices[other]?.usd ?? Number.NaN) * quantity;
  const left = Object.entries(part).find(([prefix]) => price.startsWith(prefix))?.[1] ?? 1;
  return base * left;
}
