import type { StudyStored } from '@gospelib/contracts';
import { type Queries, sqlStateOf } from '@gospelib/database';
import type { Claim } from '../idempotency/idempotency.key.ts';
import { claimPart } from '../idempotency/idempotency.repository.ts';
import type { Usage } from '../limits/quota.ts';
import { fitting, type PageLimits, type Sized } from '../paging/fitting.ts';
import { me, type StudyDatabase } from '../store/study.database.ts';
import { Conditions } from './item.list.ts';
import {
  type ItemInput,
  type ItemRow,
  type ItemTable,
  itemOf,
  type Prepared,
  readStored,
} from './item.table.ts';

/** The result of an insert: `taken` means that the id exists, `claimed` that the idempotency key does. */
export type Addition = 'added' | 'taken' | 'claimed';

/** The statements for one kind of item, generated once from its table. Each is about one user's rows: `$1`. */
export class ItemRepository<Input extends ItemInput, Item extends StudyStored> {
  readonly table: ItemTable<Input, Item>;
  readonly #store: StudyDatabase;
  readonly #text: ReturnType<typeof statements>;

  constructor(store: StudyDatabase, table: ItemTable<Input, Item>) {
    this.table = table;
    this.#store = store;
    this.#text = statements(table);
  }

  /**
   * Inserts an item in one round trip, together with the answer for its idempotency key.
   * @param answer a KeptAnswer as JSON
   */
  async add(
    userId: string,
    { id, version, createdAt, updatedAt }: StudyStored,
    prepared: Prepared<Item>,
    claim: Claim | undefined,
    answer: string,
  ): Promise<Addition> {
    const content = this.#encode(prepared);
    const values: [string, ...unknown[]] = [userId, id, version, createdAt, updatedAt, ...content];
    const text = claim ? this.#text.addClaimed : this.#text.add;
    if (claim) values.push(claim.key, claim.fingerprint, answer);
    try {
      const added = await this.#store.add(`${this.table.noun} add`, text, values);
      return added.length > 0 ? 'added' : 'claimed';
    } catch (error) {
      if (sqlStateOf(error) === '23505') return 'taken';
      throw error;
    }
  }

  /** Replaces the content of one version; undefined when that version does not exist. */
  async update(
    tx: Queries,
    userId: string,
    { id, version, updatedAt }: { id: string; version: number; updatedAt: string },
    prepared: Prepared<Item>,
  ): Promise<Item | undefined> {
    const values = [userId, id, version, updatedAt, ...this.#encode(prepared)];
    return this.#one(
      await tx.query<ItemRow>(`${this.table.noun} update`, this.#text.update, values),
    );
  }

  async find(tx: Queries, userId: string, id: string): Promise<Item | undefined> {
    return this.#one(
      await tx.query<ItemRow>(`${this.table.noun} find`, this.#text.find, [userId, id]),
    );
  }

  async findAll(tx: Queries, userId: string, ids: readonly string[]): Promise<Item[]> {
    const conditions = new Conditions();
    conditions.and(`id = ANY (${conditions.value(ids)}::uuid[])`);
    return this.select(tx, 'find all', userId, conditions);
  }

  /**
   * The first of the user's items that meet the conditions, as many as a page holds, in the order of the conditions.
   * Their sizes are read first: only what is shown is read whole.
   */
  async page(
    tx: Queries,
    name: string,
    userId: string,
    { text, values }: Conditions,
    limits: PageLimits,
  ): Promise<{ items: Item[]; more: boolean }> {
    const found = await tx.query<Sized>(
      `${this.table.noun} ${name} sizes`,
      `${this.#text.sizes} WHERE user_id = $1 ${text} LIMIT $${values.length + 2}`,
      [userId, ...values, limits.rows + 1],
    );
    const ids = found.slice(0, fitting(found, limits)).map(({ id }) => id);
    const more = ids.length < found.length;
    if (ids.length === 0) return { items: [], more };
    const items = new Map((await this.findAll(tx, userId, ids)).map((item) => [item.id, item]));
    // Read of one moment, so each of them is there.
    return { items: ids.flatMap((id) => items.get(id) ?? []), more };
  }

  /** Deletes an item and returns it. @param version only delete this version */
  async remove(
    tx: Queries,
    userId: string,
    id: string,
    version: number | undefined,
  ): Promise<Item | undefined> {
    const values = [userId, id, version ?? null];
    return this.#one(
      await tx.query<ItemRow>(`${this.table.noun} remove`, this.#text.remove, values),
    );
  }

  /** The user's items that meet the conditions. */
  async select(
    tx: Queries,
    name: string,
    userId: string,
    { text, values }: Conditions,
  ): Promise<Item[]> {
    const found = await tx.query<ItemRow>(
      `${this.table.noun} ${name}`,
      `${this.#text.select} WHERE user_id = $1 ${text}`,
      [userId, ...values],
    );
    return found.map((row) => this.read(row));
  }

  /**
   * Inserts many items with their stored fields; ids that exist are left as they are.
   * @returns the ids that were inserted
   */
  async addAll(
    tx: Queries,
    userId: string,
    many: readonly { stored: StudyStored; prepared: Prepared<Item> }[],
  ): Promise<Set<string>> {
    const { noun, columns } = this.table;
    const records = many.map(({ stored: { id, version, createdAt, updatedAt }, prepared }) => ({
      id,
      version,
      created_at: createdAt,
      updated_at: updatedAt,
      ...Object.fromEntries(columns.map(([name], i) => [name, prepared.values[i]])),
    }));
    const added = await tx.query<{ id: string }>(`${noun} add all`, this.#text.addAll, [
      userId,
      JSON.stringify(records),
    ]);
    return new Set(added.map(({ id }) => id));
  }

  async usage(tx: Queries, userId: string): Promise<Usage> {
    const [row] = await tx.query<{ items: string; bytes: string }>(
      `${this.table.noun} usage`,
      this.#text.usage,
      [userId],
    );
    return { items: Number(row?.items), bytes: Number(row?.bytes) };
  }

  read(row: ItemRow): Item {
    return itemOf(readStored(row), this.table.read(row));
  }

  #encode({ values }: Prepared<Item>): unknown[] {
    const { columns } = this.table;
    return values.map((value, i) => (columns[i]?.[1] === 'jsonb' ? JSON.stringify(value) : value));
  }

  #one(rows: readonly ItemRow[]): Item | undefined {
    const [row] = rows;
    return row && this.read(row);
  }
}

function statements({
  table,
  columns,
  bytes,
  alsoRead = [],
}: Pick<ItemTable<ItemInput, StudyStored>, 'table' | 'columns' | 'bytes' | 'alsoRead'>) {
  const names = columns.map(([name]) => name);
  const all = ['id', 'version', 'created_at', 'updated_at', ...names, ...alsoRead].join(', ');
  const filled = (from: number): string[] => columns.map(([, type], i) => `$${from + i}::${type}`);
  const insert = (source: string): string =>
    `INSERT INTO ${table} (user_id, id, version, created_at, updated_at, ${names.join(', ')})
     SELECT user_id, $2::uuid, $3::bigint, $4::timestamptz, $5::timestamptz, ${filled(6).join(', ')}
     FROM ${source} RETURNING id`;
  const set = names.map((name, i) => `${name} = ${filled(5)[i]}`).join(', ');
  return {
    add: `WITH ${me} ${insert('me')}`,
    addClaimed: `WITH ${me}, ${claimPart(6 + columns.length)} ${insert('claim')}`,
    addAll: `INSERT INTO ${table} (user_id, id, version, created_at, updated_at, ${names.join(', ')})
      SELECT $1, r.* FROM json_to_recordset($2::json) AS r (
        id uuid, version bigint, created_at timestamptz, updated_at timestamptz,
        ${columns.map((column) => column.join(' ')).join(', ')})
      ON CONFLICT DO NOTHING RETURNING id`,
    update: `UPDATE ${table} SET ${set}, version = version + 1, updated_at = $4::timestamptz
      WHERE user_id = $1 AND id = $2::uuid AND version = $3::bigint RETURNING ${all}`,
    select: `SELECT ${all} FROM ${table}`,
    find: `SELECT ${all} FROM ${table} WHERE user_id = $1 AND id = $2::uuid`,
    remove: `DELETE FROM ${table} WHERE user_id = $1 AND id = $2::uuid
      AND version = coalesce($3::bigint, version) RETURNING ${all}`,
    sizes: `SELECT id, ${bytes} AS bytes FROM ${table}`,
    usage: `SELECT count(*) AS items, coalesce(sum(${bytes}), 0) AS bytes FROM ${table} WHERE user_id = $1`,
  };
}
