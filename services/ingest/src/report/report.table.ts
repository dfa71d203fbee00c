import Table from 'cli-table3';
import type { IngestReport } from './ingest.report.ts';

const OUTCOMES: Readonly<Record<IngestReport['outcome'], string>> = {
  ingested: 'ingested, verified and active',
  unchanged: 'unchanged: this version is active and sound (--force ingests anyway)',
  reactivated: 'active again: this version was in the store and is sound',
  'dry-run': 'dry run: nothing was written',
};

/** The report for a person: stages, counts and repairs. */
export function reportTable(report: IngestReport): string {
  const stages = new Table({
    head: ['stage', 'records', 'edges', 'rejects', 'seconds'],
    colAligns: ['left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { stage, records, edges, rejects, seconds } of report.stages) {
    stages.push([stage, format(records), format(edges), format(rejects), seconds.toFixed(2)]);
  }
  const repairs = new Table({
    head: ['repair', 'records', 'what was done'],
    colAligns: ['left', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const { rule, records, note } of report.mends) repairs.push([rule, format(records), note]);
  const { totals, seconds, bulkSeconds, peakMemoryMb, storeMemoryMb } = report;
  const store = storeMemoryMb === undefined ? '' : `, store ${storeMemoryMb} MB`;
  return [
    stages.toString(),
    repairs.toString(),
    `Corpus ${report.version}: ${OUTCOMES[report.outcome]}.`,
    `Edition: ${report.edition}. ${report.reason}`,
    `${format(totals.nodes)} nodes, ${format(totals.edges)} edges, checksum ${report.checksum.slice(0, 16)}`,
    `${seconds.toFixed(2)} s in all, ${bulkSeconds.toFixed(2)} s of it in GRAPH.BULK; peak memory ${peakMemoryMb} MB${store}`,
  ].join('\n');
}

function format(count: number): string {
  return count === 0 ? '' : count.toLocaleString('en');
}
