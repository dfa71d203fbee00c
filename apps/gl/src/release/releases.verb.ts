import { exitCodes, printResult } from '@gospelib/cli-kit';
import { environmentKube } from '../ship/environment.kube.ts';
import type { PrintOptions, Verb } from '../verb.ts';
import { isAsReleased, renderChain } from './production.shown.ts';

const SHOWN = 10;

/** What production has and had: tag, commit, who agreed, digests, and whether the pods run them. */
export const releases: Verb = (program, run) =>
  program
    .command('releases')
    .description('what production has and had: tag, commit, who agreed, digests, and what pods run')
    .option('--json', 'as JSON')
    .action(
      run(async (context, { json }: PrintOptions) => {
        const { readProductionChain } = await import('@gospelib/delivery');
        const kube = environmentKube(context, 'production');
        const chain = await readProductionChain(context.config.root, kube);
        printResult(json, chain, () => renderChain(chain, SHOWN));
        return isAsReleased(chain) ? exitCodes.well : exitCodes.repairable;
      }),
    );
