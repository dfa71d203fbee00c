import { createHash } from 'node:crypto';
import type { CorpusResponse } from '@gospelib/contracts';
import type { GraphChecksums } from '@gospelib/graph';
import type { Repair } from '../corpus/repair.list.ts';
import { derivedKinds } from '../derive/derived.kinds.ts';
import type { SourceSet } from '../sources/source.set.ts';

/** The manifest of a corpus, as the API shows it. */
export function describeCorpus(
  { version, choice, sources }: SourceSet,
  repairs: readonly Repair[],
  checksums: GraphChecksums,
): CorpusResponse {
  return {
    version,
    edition: choice.edition,
    sources: [...sources],
    counts: { nodes: rows(checksums.nodes), edges: rows(checksums.edges) },
    checksum: createHash('sha256').update(JSON.stringify(checksums)).digest('hex'),
    mends: [...repairs],
    derived: [...derivedKinds],
  };
}

function rows(group: GraphChecksums['nodes']): Record<string, number> {
  return Object.fromEntries(Object.entries(group).map(([name, { rows }]) => [name, rows]));
}

/** Nodes and edges in all. */
export function countRows({ nodes, edges }: GraphChecksums): { records: number; edges: number } {
  return { records: sumCounts(rows(nodes)), edges: sumCounts(rows(edges)) };
}

export function sumCounts(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
