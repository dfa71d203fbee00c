import type { StudyStored } from '@gospelib/contracts';

/** The fields that every item's input has. */
export interface ItemInput {
  createdAt?: string | undefined;
}

/** A row as PostgreSQL returns it: names in snake_case. */
export interface ItemRow {
  id: string;
  version: string;
  created_at: Date;
  updated_at: Date;
}

/** The fields of an item that are specific to its kind. */
export type Content<Item extends StudyStored> = Omit<Item, keyof StudyStored>;

/**
 * How one kind of item is stored in its own table. Names and types become part of statements: constants, never input.
 */
export interface ItemTable<
  Input extends ItemInput,
  Item extends StudyStored,
  Row extends ItemRow = ItemRow,
> {
  /** The singular, as people say it, e.g. `note`. */
  noun: string;
  table: string;
  /** Name and SQL type of each column that an input fills, in the order of the prepared values. */
  columns: readonly (readonly [name: string, type: string])[];
  /** SQL: about how many bytes of a row its content takes, of what readers can make large. */
  bytes: string;
  /** Further columns to read. */
  alsoRead?: readonly string[];
  /** @throws ProblemError invalid-input for a passage that the canon does not have */
  prepare(input: Input): Prepared<Item>;
  /** Reads the kind's own fields of a row. */
  read(row: Row): Content<Item>;
  /**
   * The input that would store the same content again, with members in the contract's order and without `createdAt`.
   */
  contentOf(item: Content<Item>): Input;
}

/** An input, ready to be stored. */
export interface Prepared<Item extends StudyStored> {
  content: Content<Item>;
  /** Values of the table's columns; a jsonb value as it is, not as text. */
  values: readonly unknown[];
}

/** Joins the stored fields and the content of an item. */
export function itemOf<Item extends StudyStored>(
  stored: StudyStored,
  content: Content<Item>,
): Item {
  return { ...stored, ...content } as Item;
}

/** Reads the fields that every row has. */
export function readStored({ id, version, created_at, updated_at }: ItemRow): StudyStored {
  return {
    id,
    version: Number(version),
    createdAt: created_at.toISOString(),
    updatedAt: updated_at.toISOString(),
  };
}

/** About as many bytes as the table's `bytes` says once it is stored: of the text that a reader wrote, and more. */
export function sizeOf({ values }: Pick<Prepared<StudyStored>, 'values'>): number {
  let bytes = 0;
  for (const value of values) {
    if (typeof value === 'string') bytes += Buffer.byteLength(value);
    else if (typeof value === 'object' && value !== null)
      bytes += Buffer.byteLength(JSON.stringify(value));
  }
  return bytes;
}
