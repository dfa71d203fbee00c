import Table from 'cli-table3';
import type { Config } from '../config.ts';
import { readManifest } from '../corpus.ts';
import { storeUrl } from '../store.address.ts';

/** What is printed of a manifest (the contract's `corpusResponse`). */
interface Manifest {
  version: string;
  edition: string;
  checksum: string;
  counts: { nodes: Record<string, number>; edges: Record<string, number> };
  sources: { title: string; version: string; licence: string; provides: string }[];
  mends: { rule: string; records: number; note: string }[];
}

/** Prints the active corpus, straight from the store. Exit code 1 when there is none. */
export async function corpus(config: Config, options: { json?: boolean }): Promise<number> {
  const manifest = await readManifest(storeUrl(config, 'falkordb'));
  if (manifest === undefined) {
    console.error('The store holds no corpus. `./gl ingest` makes one.');
    return 1;
  }
  console.log(
    options.json === true ? JSON.stringify(manifest, null, 2) : render(manifest as Manifest),
  );
  return 0;
}

function render({ version, edition, checksum, counts, sources, mends }: Manifest): string {
  const style = { head: [], border: [], compact: true };
  const table = new Table({
    head: ['nodes', '', 'edges', ''],
    style,
    colAligns: ['left', 'right', 'left', 'right'],
  });
  const nodes = Object.entries(counts.nodes);
  const edges = Object.entries(counts.edges);
  for (let i = 0; i < Math.max(nodes.length, edges.length); i += 1) {
    table.push([...cells(nodes[i]), ...cells(edges[i])]);
  }
  const from = new Table({
    head: ['source', 'version', 'licence', 'provides'],
    style,
    wordWrap: true,
    colWidths: [32, 12, 24, 40],
  });
  for (const source of sources)
    from.push([source.title, source.version, source.licence, source.provides]);
  const mended = mends.map(({ rule, records, note }) => `  ${rule} (${records}): ${note}`);
  return `corpus ${version} (${edition})\nchecksum ${checksum}\n${table}\n${from}\nmended:\n${mended.join('\n')}`;
}

function cells(entry: [string, number] | undefined): string[] {
  return entry === undefined ? ['', ''] : [entry[0], entry[1].toLocaleString('en')];
}
