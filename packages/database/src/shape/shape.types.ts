/** The kinds of object in a schema. */
export type ShapeKind =
  | 'schema'
  | 'role'
  | 'table'
  | 'column'
  | 'index'
  | 'constraint'
  | 'policy'
  | 'trigger'
  | 'rule'
  | 'function'
  | 'view'
  | 'type'
  | 'sequence'
  | 'grant'
  | 'default';

/** One object in a schema. */
export interface Shape {
  kind: ShapeKind;
  /** `notes`, `notes.body`, `notes_place`, … */
  name: string;
  /** The table that it is part of. */
  table: string | null;
  /** Differs when the object differs; what backups keep of it. */
  definition: string;
  /** What can differ, each by itself; null: the object does not have it. */
  facts: Readonly<Record<string, string | boolean | null>>;
  /** In SQL: the object itself, or the table that it is part of, with its schema; of rights what they are about. */
  target: string;
  /** SQL that makes it. Null: it comes with something else, or must be made by hand. */
  make: string | null;
  /** False for an index whose build was interrupted. */
  valid: boolean;
}

/** By `<kind> <name>`. */
export type Shapes = ReadonlyMap<string, Shape>;
