import type { ConnectionKind } from '@gospelib/contracts';
import type { ConnectionRow } from './connections.repository.ts';

/** A connection, and the verses of a range that have it. */
export interface SharedRow {
  readonly row: ConnectionRow;
  readonly at: readonly string[];
}

/** Which columns tell a connection from another one of its kind; the others may differ from verse to verse. */
const identity: Readonly<Record<ConnectionKind, readonly number[]>> = {
  // The passage, and whether the verse or the other one refers, or both do.
  'cross-reference': [0, 2, 3],
  quotation: [0, 3],
  word: [0],
  name: [0],
  topic: [0],
  commentary: [0, 1, 2],
};

/** Each connection once, in the order in which they first come; a word has the forms of all its verses. */
export function mergeRows(rows: readonly ConnectionRow[]): readonly SharedRow[] {
  const merged = new Map<string, { row: ConnectionRow; at: string[] }>();
  for (const row of rows) {
    const key = JSON.stringify(identity[row.kind].map((column) => row.values[column]));
    const known = merged.get(key);
    if (!known) {
      merged.set(key, { row, at: [row.at] });
    } else if (!known.at.includes(row.at)) {
      known.at.push(row.at);
      if (row.kind === 'word') known.row = joinForms(known.row, row);
    }
  }
  return [...merged.values()];
}

function joinForms(one: ConnectionRow, other: ConnectionRow): ConnectionRow {
  const [strongs, ...forms] = [one.values[0], one.values[1], other.values[1]];
  const all = new Set(forms.flatMap((stored) => String(stored).split(' ')));
  return { ...one, values: [strongs ?? null, [...all].join(' ')] };
}
