import type { ShapeKind } from './shape.types.ts';

/** A difference between a schema and what its migrations make. */
export interface ShapeDifference {
  kind: ShapeKind;
  /** `notes`, `notes.body`, `notes_place`, … */
  name: string;
  /** The table that it is about. */
  table: string | null;
  /** `extra`: no migration makes it, and it changes what may be read or written. `unfinished`: an invalid index. */
  fault: 'missing' | 'altered' | 'extra' | 'unfinished';
  /** For people, without a full stop: "row security of study.notes is off". */
  says: string;
  /** What makes it as the migrations define; none: by hand. Of an index it is built apart, without locking. */
  statements: readonly Statement[];
  /** It held rows, or values of rows, which only a backup has. */
  needsRows?: true;
}

/** What is compared. */
export interface Compared {
  schema: string;
  /** In SQL: the role that owns the database. */
  owner: string;
}

/** One or more statements that belong together. */
export interface Statement {
  phase: Phase;
  sql: string;
}

/** In this order; rows are refilled between `code` and `bind`. */
export const phases = ['make', 'own', 'code', 'bind', 'guard', 'grant'] as const;
export type Phase = (typeof phases)[number];

/** Without those that only follow from something that is missing: what is on a table, rights to what is not there. */
export function headlines(differences: readonly ShapeDifference[]): ShapeDifference[] {
  const missing = differences.filter(({ fault, kind }) => fault === 'missing' && kind !== 'grant');
  const tables = missing.filter(({ kind }) => kind === 'table').map(({ name }) => name);
  const follows = ({ kind, name, table }: ShapeDifference): boolean =>
    (kind !== 'table' && table !== null && tables.includes(table)) ||
    (kind === 'grant' && missing.some((one) => name.startsWith(`${one.name} `)));
  return differences.filter((one) => !follows(one));
}
