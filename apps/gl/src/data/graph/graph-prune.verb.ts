import { printResult } from '@gospelib/cli-kit';
import { withGraph } from '@gospelib/data-ops';
import { listGraphs, prune } from '@gospelib/graph';
import type { ChangeOptions, Verb } from '../../verb.ts';

/** Drops versions that neither serve nor could be gone back to, and what killed runs left. */
export const graphPrune: Verb = (graph, run) =>
  graph
    .command('prune')
    .description('drop versions that neither serve nor could be gone back to')
    .option('--dry-run', 'say what would be dropped')
    .option('--json', 'as JSON')
    .action(
      run(async ({ environment }, { json, dryRun = false }: ChangeOptions) => {
        const dropped = await withGraph(environment, async (store) => {
          if (!dryRun) return prune(store);
          return (await listGraphs(store))
            .filter(({ active, previous }) => !active && !previous)
            .map(({ version }) => version);
        });
        printResult(json, { dropped, dryRun }, () =>
          dropped.length === 0
            ? 'Nothing to drop.'
            : `${dryRun ? 'Would drop' : 'Dropped'} ${dropped.join(', ')}.`,
        );
        return 0;
      }),
    );
