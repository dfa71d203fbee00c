import { formatMinute, printResult, renderTable } from '@gospelib/cli-kit';
import { withGraph } from '@gospelib/data-ops';
import { type GraphEntry, listGraphs } from '@gospelib/graph';
import colors from 'picocolors';
import type { PrintOptions, Verb } from '../../verb.ts';

/** Shows the versions that the store has. */
export const graphList: Verb = (graph, run) =>
  graph
    .command('list')
    .description('show the versions that the store has')
    .option('--json', 'as JSON')
    .action(
      run(async ({ environment }, { json }: PrintOptions) => {
        const graphs = await withGraph(environment, listGraphs);
        printResult(json, { graphs }, () => render(graphs));
        return 0;
      }),
    );

function render(graphs: readonly GraphEntry[]): string {
  if (graphs.length === 0) return 'The store holds no corpus. `./gl ingest` makes one.';
  return renderTable(
    [
      { head: 'version' },
      { head: '' },
      { head: 'nodes', align: 'right' },
      { head: 'edges', align: 'right' },
      { head: 'MB', align: 'right' },
      { head: 'replica' },
      { head: 'loaded' },
      { head: 'activated' },
      { head: 'verified' },
    ],
    graphs.map((entry) => [
      entry.version,
      entry.active ? colors.green('active') : entry.previous ? 'previous' : '',
      entry.nodes.toLocaleString('en'),
      entry.edges.toLocaleString('en'),
      entry.megabytes,
      entry.replica ? 'yes' : 'no',
      noted(entry.loadedAt),
      noted(entry.activatedAt),
      noted(entry.verifiedAt),
    ]),
  );
}

function noted(time: string | undefined): string {
  return time === undefined ? 'not noted' : formatMinute(time);
}
