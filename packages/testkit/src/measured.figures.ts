import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';

export interface Figure {
  value: number;
  unit: 's' | 'ms' | 'MB' | 'MiB' | '×' | 'requests';
  /** What was promised: at most that, or at least. */
  target?: { most: number } | { least: number };
  note?: string;
}

interface Recorded extends Figure {
  what: string;
  at: string;
}

/** Adds what a test measured to a file, a line of JSON each. */
export function recordFigure(file: string, what: string, figure: Figure): void {
  mkdirSync(dirname(file), { recursive: true });
  const recorded: Recorded = { what, at: new Date().toISOString(), ...figure };
  appendFileSync(file, `${JSON.stringify(recorded)}\n`);
}

/**
 * Writes the table at the end of a page from such a file; the newest of each figure counts.
 * @param by the program that does so, as the page names it
 * @throws Error where nothing was measured
 */
export function writeFigures(page: string, file: string, by: string): void {
  if (!existsSync(file)) throw new Error(`Nothing was measured yet: there is no ${file}.`);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const newest = new Map(
    lines.map((line) => JSON.parse(line) as Recorded).map((one) => [one.what, one]),
  );
  const [before = ''] = readFileSync(page, 'utf8').split('<!-- figures');
  const machine = `${cpus().length} processors and ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const text = [
    `${before}<!-- figures: written by ${by} -->`,
    '',
    `On one machine with ${machine}, what measured included; others used it as well.`,
    '',
    '| what | measured | target | note | when |',
    '|---|---|---|---|---|',
    ...[...newest.values()].map(row),
    '',
  ];
  writeFileSync(page, text.join('\n'));
}

const whole: ReadonlySet<string> = new Set(['ms', 'MiB', 'requests']);

function row({ what, value, unit, target, note = '', at }: Recorded): string {
  const sign = target && ('most' in target ? `≤ ${target.most}` : `≥ ${target.least}`);
  const isMissed =
    target !== undefined && ('most' in target ? value > target.most : value < target.least);
  const measured = `${value.toFixed(whole.has(unit) ? 0 : 1)} ${unit}${isMissed ? ' **missed**' : ''}`;
  const promised = sign === undefined ? '' : `${sign} ${unit}`;
  return `| ${what} | ${measured} | ${promised} | ${note} | ${at.slice(0, 16)} |`;
}
