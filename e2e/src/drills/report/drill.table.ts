import type { DrillResult } from '../drill.ts';

/** What runs leave behind: `docs/operations/drills.json`. */
export interface DrillRun {
  /** ISO 8601. */
  at: string;
  /** What it ran on, for whoever compares. */
  machine: string;
  /** How many notes the database held. */
  notes: number;
  drills: DrillResult[];
}

const HEAD = [
  'drill',
  'found by the schedule',
  'found on demand',
  'right answers again after',
  'mended and verified',
  'promised here',
  'the page',
  'reads failed / wrong (once known)',
  'writes lost of acknowledged',
];

/** The run as a table in Markdown; times in seconds. */
export function drillTable({ drills }: DrillRun): string {
  const rows = drills.map(cells).map((row) => `| ${row.join(' | ')} |`);
  return [`| ${HEAD.join(' | ')} |`, `|${HEAD.map(() => '---').join('|')}|`, ...rows].join('\n');
}

function cells(result: DrillResult): string[] {
  const { reads, writes } = result;
  return [
    result.faults.length === 0 ? result.name : `**${result.name}: failed**`,
    seconds(result.scheduledSeconds),
    seconds(result.detectSeconds),
    seconds(result.servedSeconds),
    seconds(result.mendedSeconds),
    `${result.targetSeconds} s`,
    result.page,
    `${reads.failed} / ${reads.wrong} (${reads.failedOnceKnown} / ${reads.wrongOnceKnown}) of ${reads.all}`,
    `${writes.lost} of ${writes.acknowledged}`,
  ];
}

function seconds(value: number | undefined): string {
  return value === undefined ? '–' : `${value.toFixed(1)} s`;
}
