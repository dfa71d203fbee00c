import Table from 'cli-table3';

/** One measured figure beside its target. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** `at-most` for times and sizes, `at-least` for rates; none for figures shown for comparison. */
  readonly target?: { readonly bound: 'at-most' | 'at-least'; readonly value: number };
  /** How it was measured, or what stands beside it. */
  readonly note?: string;
}

export function atLeast(
  name: string,
  value: number,
  unit: string,
  target: number,
  note?: string,
): Figure {
  return { name, value, unit, target: { bound: 'at-least', value: target }, ...(note && { note }) };
}

export function atMost(
  name: string,
  value: number,
  unit: string,
  target: number,
  note?: string,
): Figure {
  return { name, value, unit, target: { bound: 'at-most', value: target }, ...(note && { note }) };
}

export function meets({ value, target }: Figure): boolean | undefined {
  if (target === undefined) return undefined;
  return target.bound === 'at-most' ? value <= target.value : value >= target.value;
}

export function renderTable(figures: readonly Figure[]): string {
  const table = new Table({
    head: ['what', 'measured', 'target', '', 'note'],
    style: { head: [], border: [], compact: true },
    colWidths: [46, 16, 16, 6, 62],
    wordWrap: true,
  });
  for (const figure of figures) {
    const { name, value, unit, target, note } = figure;
    const met = meets(figure);
    table.push([
      name,
      `${round(value)} ${unit}`,
      target === undefined
        ? ''
        : `${target.bound === 'at-most' ? '≤' : '≥'} ${round(target.value)} ${unit}`,
      met === undefined ? '' : met ? 'ok' : 'MISS',
      note ?? '',
    ]);
  }
  return table.toString();
}

function round(value: number): string {
  return value >= 100
    ? Math.round(value).toLocaleString('en-US')
    : String(Number(value.toPrecision(3)));
}
