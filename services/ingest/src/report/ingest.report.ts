import type { CorpusSource } from '@gospelib/contracts';
import type { GraphChecksums } from '@gospelib/graph';
import type { Repair } from '../corpus/repair.list.ts';

export interface StageReport {
  stage: string;
  /** Records read, or nodes written. */
  records: number;
  edges: number;
  /** Records that a repair left out. */
  rejects: number;
  seconds: number;
}

/** The result of one run. */
export interface IngestReport {
  /** `unchanged`: this version was active already; `dry-run`: nothing was written. */
  outcome: 'ingested' | 'unchanged' | 'reactivated' | 'dry-run';
  version: string;
  edition: 'default' | 'full';
  /** Why this edition was built. */
  reason: string;
  stages: readonly StageReport[];
  mends: readonly Repair[];
  sources: readonly CorpusSource[];
  counts: { nodes: Record<string, number>; edges: Record<string, number> };
  totals: { nodes: number; edges: number };
  checksum: string;
  checksums: GraphChecksums;
  seconds: number;
  /** The time spent in GRAPH.BULK. */
  bulkSeconds: number;
  peakMemoryMb: number;
  /** Resident memory of the store's process after the run, when the store reports it. */
  storeMemoryMb?: number | undefined;
  dropped: readonly string[];
}
