import type { StudyStored } from '@gospelib/contracts';

/** What every kind of thing that is replaced as a whole has in its input. */
export interface ItemInput {
  createdAt?: string | undefined;
}

/** A row as PostgreSQL answers it: names in snake_case. */
export interface ItemRow {
  id: string;
  version: string;
  created_at: Date;
  updated_at: Date;
}

/** What an item says, without what every item has. */
export type Content<Item extends StudyStored> = Omit<Item, keyof StudyStored>;

/** How one kind of thing is kept in a table of its own. Names and types are part of statements: constants, never input. */
export interface ItemTable<
  Input extends ItemInput,
  Item extends StudyStored,
  Row extends ItemRow = ItemRow,
> {
  /** As people call one of them, e.g. `note`. */
  noun: string;
  table: string;
  /** Name and SQL type of each column that an input fills, in the order of the prepared values. */
  columns: readonly (readonly [name: string, type: string])[];
  /** Further columns that are read. */
  alsoRead?: readonly string[];
  /** @throws ProblemError invalid-input for a passage that the canon does not have */
  prepare(input: Input): Prepared<Item>;
  /** What a row says. */
  read(row: Row): Content<Item>;
  /** What somebody would have to send to store the same again, its members in the order of the contract; without `createdAt`. */
  contentOf(item: Content<Item>): Input;
}

/** An input, ready to be stored. */
export interface Prepared<Item extends StudyStored> {
  content: Content<Item>;
  /** For the table's columns; what goes to a jsonb column as it is, not as text. */
  values: readonly unknown[];
}

/** The two halves of an item, put together. */
export function itemOf<Item extends StudyStored>(
  stored: StudyStored,
  content: Content<Item>,
): Item {
  return { ...stored, ...content } as Item;
}

/** What a row says that every row says. */
export function readStored({ id, version, created_at, updated_at }: ItemRow): StudyStored {
  return {
    id,
    version: Number(version),
    createdAt: created_at.toISOString(),
    updatedAt: updated_at.toISOString(),
  };
}
