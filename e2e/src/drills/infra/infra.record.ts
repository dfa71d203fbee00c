import type { InfraDrillResult } from '@gospelib/cloud';

/** What is left of one drill: a line of `docs/operations/infra-drills.json`. */
export interface InfraDrillRecord extends InfraDrillResult {
  name: string;
  breaks: string;
  targetSeconds: number;
  /** ISO 8601. */
  at: string;
}

/** Between these lines of the guide everything is generated. */
const marks = [
  '<!-- infra drills: written by ./gl drill infra --write -->',
  '<!-- /infra drills -->',
] as const;

/** What was recorded, with a new result in the place of that of the same drill. */
export function mergeRecords(
  before: readonly InfraDrillRecord[],
  now: InfraDrillRecord,
): readonly InfraDrillRecord[] {
  return [...new Map([...before, now].map((one) => [one.name, one])).values()];
}

/** The guide with the table of what was recorded. @throws Error when it lacks a mark */
export function renewGuide(guide: string, records: readonly InfraDrillRecord[]): string {
  const [from, to] = marks;
  const start = guide.indexOf(from);
  const end = guide.indexOf(to);
  if (start === -1 || end < start) throw new Error(`The guide lacks ${from} … ${to}.`);
  return `${guide.slice(0, start + from.length)}\n${table(records)}\n${guide.slice(end)}`;
}

function table(records: readonly InfraDrillRecord[]): string {
  const rows = records.map(({ name, breaks, foundSeconds, mendedSeconds, targetSeconds }) => {
    const [found, mended] = [foundSeconds, mendedSeconds].map((one) => `${one.toFixed(1)} s`);
    return `| ${name} | ${breaks} | ${found} | ${mended} | ${targetSeconds / 60} min |`;
  });
  return [
    '| drill | broken | found | mended, and read back | promised |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
