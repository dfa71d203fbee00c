import { printResult } from '@gospelib/cli-kit';
import type { PrintOptions, Verb } from '../verb.ts';

interface CostOptions extends PrintOptions {
  refresh?: boolean;
}

const environments = ['bootstrap', 'staging', 'production'];

/** What each environment costs a month, by resource. */
export const cost: Verb = (program, run) =>
  program
    .command('cost')
    .description('what each environment costs a month, by resource, and what would change that')
    .argument('[environment]', 'all when left out')
    .option('--refresh', 'ask AWS for its prices first, and write them to infra/prices')
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config: { root, env } }, name: string | undefined, options: CostOptions) => {
        const { environmentCost, findInfra, refreshPrices, renderCost } = await import(
          '@gospelib/cloud'
        );
        if (options.refresh === true) {
          const { refreshed, kept } = await refreshPrices(root, env, new Date());
          for (const { id, before, usd } of refreshed) console.error(`${id}: ${before} → ${usd}`);
          console.error(`Kept as they were: ${kept.join(', ')}.`);
        }
        const names = name === undefined ? environments : [findInfra(root, name).name];
        const found = names.map((each) => environmentCost(root, each));
        printResult(options.json, { environments: found }, () =>
          found.map(renderCost).join('\n\n'),
        );
        return 0;
      }),
    );
