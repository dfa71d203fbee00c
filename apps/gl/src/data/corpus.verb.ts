import { OperatorError, printResult, renderTable } from '@gospelib/cli-kit';
import { z } from 'zod';
import type { PrintOptions, Verb } from '../verb.ts';

const counts = z.record(z.string(), z.number());

/** What is shown of a manifest (the contract's `corpusResponse`). */
const manifest = z.looseObject({
  version: z.string(),
  edition: z.string(),
  checksum: z.string(),
  counts: z.object({ nodes: counts, edges: counts }),
  sources: z.array(
    z.looseObject({
      title: z.string(),
      version: z.string(),
      licence: z.string(),
      provides: z.string(),
    }),
  ),
  mends: z.array(z.looseObject({ rule: z.string(), records: z.number(), note: z.string() })),
});

/** Shows the active corpus, straight from the store. Exit code 1 when there is none. */
export const corpus: Verb = (program, run) =>
  program
    .command('corpus')
    .description('show the active corpus: version, counts, sources')
    .option('--json', 'as JSON')
    .action(
      run(async ({ environment }, { json }: PrintOptions) => {
        const { readCorpusManifest } = await import('@gospelib/data-ops');
        const found = await readCorpusManifest(await environment.storeAddress('falkordb'));
        if (found === undefined) {
          throw new OperatorError('The store holds no corpus.', '`./gl ingest` makes one.');
        }
        const parsed = manifest.parse(found);
        printResult(json, parsed, () => render(parsed));
        return 0;
      }),
    );

function render({
  version,
  edition,
  checksum,
  counts,
  sources,
  mends,
}: z.output<typeof manifest>): string {
  const nodes = Object.entries(counts.nodes);
  const edges = Object.entries(counts.edges);
  const rows = Array.from({ length: Math.max(nodes.length, edges.length) }, (_, i) => [
    ...cells(nodes[i]),
    ...cells(edges[i]),
  ]);
  const table = renderTable(
    [
      { head: 'nodes' },
      { head: '', align: 'right' },
      { head: 'edges' },
      { head: '', align: 'right' },
    ],
    rows,
  );
  const from = renderTable(
    [
      { head: 'source', width: 32 },
      { head: 'version', width: 12 },
      { head: 'licence', width: 24 },
      { head: 'provides', width: 40 },
    ],
    sources.map((one) => [one.title, one.version, one.licence, one.provides]),
  );
  const repaired = mends.map(({ rule, records, note }) => `  ${rule} (${records}): ${note}`);
  return `corpus ${version} (${edition})\nchecksum ${checksum}\n${table}\n${from}\nrepaired:\n${repaired.join('\n')}`;
}

function cells(entry: [string, number] | undefined): string[] {
  return entry === undefined ? ['', ''] : [entry[0], entry[1].toLocaleString('en')];
}
