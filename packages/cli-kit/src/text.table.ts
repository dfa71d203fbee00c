import Table from 'cli-table3';

export interface Column {
  head: string;
  align?: 'right';
  /** Characters; longer texts are broken into lines. */
  width?: number;
}

/** A compact table for people. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const widths = columns.map(({ width }) => width ?? null);
  const table = new Table({
    head: columns.map(({ head }) => head),
    style: { head: [], border: [], compact: true },
    colAligns: columns.map(({ align }) => align ?? 'left'),
    ...(widths.some((width) => width !== null) && { colWidths: widths, wordWrap: true }),
  });
  for (const row of rows) table.push([...row]);
  return table.toString();
}
