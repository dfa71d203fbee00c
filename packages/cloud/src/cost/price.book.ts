import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';

const price = z.strictObject({
  usd: z.number().nonnegative(),
  per: z.string(),
  /** Null: nobody vouches for it; it is in no sourced total. */
  source: z.strictObject({ where: z.string().min(10), at: z.iso.date() }).nullable(),
  note: z.string().optional(),
});
const priceBook = z.strictObject({
  region: z.string(),
  currency: z.literal('USD'),
  hoursPerMonth: z.number(),
  prices: z.record(z.string(), price),
});
/** Prices by id, with where each is from. */
export type PriceBook = z.output<typeof priceBook>;

const usageFile = z.strictObject({
  about: z.string(),
  environments: z.record(z.string(), z.record(z.string(), z.number().nonnegative())),
});
/** Price id → quantity a month, of what is paid by use. */
export type Usage = Readonly<Record<string, number>>;

export const priceFile = 'infra/prices/us-east-1.json';

/** @throws OperatorError for a file that is not as it should be */
export function readPrices(root: string): PriceBook {
  return read(root, priceFile, priceBook);
}

/** What is assumed to be used of an environment. @throws OperatorError */
export function readUsage(root: string, environment: string): Usage {
  return read(root, 'infra/prices/usage.json', usageFile).environments[environment] ?? {};
}

function read<T>(root: string, file: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(JSON.parse(readFileSync(join(root, file), 'utf8')));
  if (parsed.success) return parsed.data;
  throw new OperatorError(`${file} is not as it should be:\n${z.prettifyError(parsed.error)}`);
}
