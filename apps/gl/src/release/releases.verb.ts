import { exitCodes, formatMinute, printResult, renderTable } from '@gospelib/cli-kit';
import { environmentKube } from '../ship/environment.kube.ts';
import type { PrintOptions, Verb } from '../verb.ts';

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
        printResult(json, chain, () =>
          [
            renderTable(
              [
                { head: 'release' },
                { head: 'commit' },
                { head: 'agreed to by' },
                { head: 'since' },
              ],
              chain.releases
                .slice(0, SHOWN)
                .map(({ tag, commit, approvedBy, at, left }) => [
                  left === undefined ? tag : `${tag} (back from ${left})`,
                  commit.slice(0, 12),
                  approvedBy,
                  formatMinute(at),
                ]),
            ),
            ...chain.images.map(({ name, digest }) => `${name}  ${digest}`),
            ...chain.strangers.map((name) => `${name} runs something else`),
            ...(chain.gitAway === undefined
              ? []
              : [`git is away, this is what was known last: ${chain.gitAway}`]),
          ].join('\n'),
        );
        return chain.strangers.length === 0 ? exitCodes.well : exitCodes.repairable;
      }),
    );
