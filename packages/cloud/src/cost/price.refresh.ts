import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';
import { type PriceBook, priceFile, readPrices } from './price.book.ts';

const product = z.object({
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.object({
        priceDimensions: z.record(
          z.string(),
          z.object({ pricePerUnit: z.object({ USD: z.string() }) }),
        ),
      }),
    ),
  }),
});

interface Query {
  service: string;
  filters: Readonly<Record<string, string>>;
}

/** How the Price List API is asked for a price; undefined: it is kept as it is. */
function queryOf(id: string, region: string): Query | undefined {
  const [kind = '', ...rest] = id.split('.');
  const instanceType = rest.join('.');
  const common = { regionCode: region, instanceType };
  if (kind === 'ec2') {
    const shared = {
      operatingSystem: 'Linux',
      preInstalledSw: 'NA',
      tenancy: 'Shared',
      capacitystatus: 'Used',
    };
    return { service: 'AmazonEC2', filters: { ...common, ...shared } };
  }
  if (kind === 'rds' && instanceType.startsWith('db.')) {
    const engine = { databaseEngine: 'PostgreSQL', deploymentOption: 'Single-AZ' };
    return { service: 'AmazonRDS', filters: { ...common, ...engine } };
  }
  if (kind === 'cache') {
    return { service: 'AmazonElastiCache', filters: { ...common, cacheEngine: 'Redis' } };
  }
  return id === 'eks.cluster'
    ? {
        service: 'AmazonEKS',
        filters: { regionCode: region, usagetype: 'USE1-AmazonEKS-Hours:perCluster' },
      }
    : undefined;
}

export interface RefreshedPrices {
  refreshed: readonly { id: string; before: number; usd: number }[];
  /** Those that the API is not asked for. */
  kept: readonly string[];
}

/**
 * Asks AWS for the prices of what is paid by the hour, and writes them with their day.
 * @throws OperatorError where one is not answered with one price: nothing is written then
 */
export async function refreshPrices(
  root: string,
  env: NodeJS.ProcessEnv,
  today: Date,
): Promise<RefreshedPrices> {
  const book = readPrices(root);
  const asked = Object.keys(book.prices).flatMap((id) => {
    const query = queryOf(id, book.region);
    return query === undefined ? [] : [{ id, query }];
  });
  const answers = await ask(asked, env);
  const source = { where: 'AWS Price List API, GetProducts', at: today.toISOString().slice(0, 10) };
  const fresh = Object.fromEntries(
    answers.map(({ id, usd }) => [id, { usd, per: 'hour', source }]),
  );
  const written: PriceBook = { ...book, prices: { ...book.prices, ...fresh } };
  writeFileSync(join(root, priceFile), `${JSON.stringify(written, null, 2)}\n`);
  return {
    refreshed: answers.map(({ id, usd }) => ({ id, usd, before: book.prices[id]?.usd ?? 0 })),
    kept: Object.keys(book.prices).filter((id) => !(id in fresh)),
  };
}

async function ask(
  asked: readonly { id: string; query: Query }[],
  env: NodeJS.ProcessEnv,
): Promise<readonly { id: string; usd: number }[]> {
  const { PricingClient, GetProductsCommand } = await import('@aws-sdk/client-pricing');
  const endpoint = env.AWS_ENDPOINT_URL_PRICING;
  // The API is in us-east-1 alone, whatever region the prices are of.
  const client = new PricingClient({
    region: 'us-east-1',
    maxAttempts: 2,
    ...(endpoint && { endpoint }),
  });
  try {
    return await Promise.all(
      asked.map(async ({ id, query: { service, filters } }) => {
        const { PriceList = [] } = await client.send(
          new GetProductsCommand({
            ServiceCode: service,
            Filters: Object.entries(filters).map(([Field, Value]) => ({
              Type: 'TERM_MATCH',
              Field,
              Value,
            })),
          }),
        );
        return { id, usd: onePrice(id, PriceList.map(String)) };
      }),
    );
  } catch (cause) {
    if (cause instanceof OperatorError) throw cause;
    throw new OperatorError(
      `AWS does not tell its prices: ${(cause as Error).message}`,
      'Sign in with the right pricing:GetProducts.',
      { cause, meaning: 'No price was changed.' },
    );
  } finally {
    client.destroy();
  }
}

function onePrice(id: string, list: readonly string[]): number {
  const prices = list
    .flatMap((text) => Object.values(product.parse(JSON.parse(text)).terms.OnDemand))
    .flatMap(({ priceDimensions }) => Object.values(priceDimensions))
    .map(({ pricePerUnit }) => Number(pricePerUnit.USD))
    .filter((usd) => usd > 0);
  const [usd, ...others] = new Set(prices);
  if (usd !== undefined && others.length === 0) return usd;
  throw new OperatorError(
    `AWS answers ${prices.length === 0 ? 'no price' : `several prices (${prices.join(', ')})`} for ${id}.`,
    'Its query stands in packages/cloud/src/cost/price.refresh.ts.',
    { meaning: 'No price was changed.' },
  );
}
