import pg from 'pg';
import { qualified } from '../backup/table.digest.ts';
import type { Shape, Shapes } from '../shape/shape.types.ts';
import type { BackupRows } from './backup.rows.ts';

/** What must not come back with the rows of a backup. */
export interface RefillRules {
  /** `schema.table`: tables that stay empty, since what was ended after the backup would be valid again. */
  empty: readonly string[];
  /** Where the deletions of people are recorded: their rows are left out. */
  deleted?: { table: string; column: string };
  /** The column of a table (`schema.table`) that says whose a row is, where it is not `deleted.column`. */
  owners?: Readonly<Record<string, string>>;
}

/** What came back from a backup, and what did not. */
export interface Refill {
  table: string;
  /** Of a lost column; undefined for a lost table. */
  column?: string;
  /** ISO 8601: when the backup was taken. */
  since: string;
  /** Rows that have their values again. */
  refilled: number;
  /** Of a column: rows that are not in the backup. Their value is lost; `instead` says what they have. */
  unknown?: number;
  instead?: string;
  /** Of a column: rows that were changed since the backup, so that the value may be an older one. */
  outdated?: number;
  /** Why it stays empty. */
  empty?: string;
}

/** Fills a table that was just made. */
export async function refillTable(
  client: pg.Client,
  schema: string,
  table: string,
  expected: Shapes,
  backup: BackupRows,
  rules: RefillRules,
): Promise<Refill> {
  const name = `${schema}.${table}`;
  const done = { table: name, since: backup.since, refilled: 0 };
  if (rules.empty.includes(name)) {
    return { ...done, empty: 'what was ended since the backup would be valid again' };
  }
  const stored = await backup.load(client, schema, table);
  if (stored === undefined) return { ...done, empty: 'the backup does not have it' };
  const columns = columnsOf(expected, table).filter(
    ({ facts }) => facts.generated === null && stored.columns.includes(String(facts.column)),
  );
  const names = columns.map(({ facts }) => quoted(facts.column)).join(', ');
  const values = columns.map(({ facts }) => castOf(facts)).join(', ');
  const kept = await withoutDeleted(client, name, stored.columns, rules);
  const { rowCount } = await client.query(
    `INSERT INTO ${qualified(schema, table)} (${names}) OVERRIDING SYSTEM VALUE SELECT ${values} FROM pg_temp.refill b${kept}`,
  );
  for (const { facts } of columns) {
    const sequence = sequenceOf(facts, qualified(schema, table));
    if (sequence === undefined) continue;
    const max = `max(${quoted(facts.column)})`;
    await client.query(
      `SELECT setval(${sequence}, greatest(${max}, 1), ${max} IS NOT NULL) FROM ${qualified(schema, table)}`,
    );
  }
  return { ...done, refilled: rowCount ?? 0 };
}

/** SQL: the sequence that counts a column. */
function sequenceOf(
  { column, identity, expression }: Shape['facts'],
  table: string,
): string | undefined {
  if (identity !== null) {
    return `pg_get_serial_sequence(${pg.escapeLiteral(table)}, ${pg.escapeLiteral(String(column))})`;
  }
  return /^nextval\((.+)\)$/.exec(String(expression))?.[1];
}

/** SQL: leaves out rows of people whose deletion is recorded. */
export async function withoutDeleted(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  { deleted, owners = {} }: RefillRules,
): Promise<string> {
  if (deleted === undefined || table === deleted.table) return '';
  const owner = owners[table] ?? deleted.column;
  if (!columns.includes(owner)) return '';
  const { rows } = await client.query('SELECT to_regclass($1) IS NOT NULL AS there', [
    deleted.table,
  ]);
  if (rows[0]?.there !== true) return '';
  return ` WHERE NOT EXISTS (SELECT FROM ${deleted.table} d WHERE d.${quoted(deleted.column)}::text = b.${quoted(owner)})`;
}

/**
 * Fills lost columns of a table: rows are found by their primary key, or where that is lost, too, by all that is left of
 * them. Rows that are not in the backup get NULL, the default, or where neither is allowed a value that a service reads.
 */
export async function refillColumns(
  client: pg.Client,
  schema: string,
  table: string,
  lost: readonly Shape[],
  expected: Shapes,
  backup: BackupRows,
): Promise<Refill[]> {
  const target = qualified(schema, table);
  const stored = await backup.load(client, schema, table);
  const isStored = ({ facts }: Shape) => stored?.columns.includes(String(facts.column)) === true;
  const left = columnsOf(expected, table).filter(
    (one) => one.facts.generated === null && isStored(one) && !lost.some(isSame(one)),
  );
  const key = keyOf(expected, table);
  const keyLeft = left.filter(({ facts }) => key.includes(String(facts.column)));
  const isKeyed = key.length > 0 && keyLeft.length === key.length;
  const match = sameValues(isKeyed ? keyLeft : left);
  const done: Refill[] = [];
  for (const one of lost) {
    const { facts } = one;
    if (facts.generated !== null || facts.identity !== null) continue;
    const column = quoted(facts.column);
    const result = { refilled: 0, outdated: 0 };
    if (isStored(one)) {
      const { rows } = await client.query<{ all: string; same: string }>(
        `WITH filled AS (
           UPDATE ${target} t SET ${column} = ${castOf(facts)} FROM pg_temp.refill b WHERE ${match}
           RETURNING ${sameValues(left)} AS same
         ) SELECT count(*) AS all, count(*) FILTER (WHERE same) AS same FROM filled`,
      );
      result.refilled = Number(rows[0]?.all);
      result.outdated = result.refilled - Number(rows[0]?.same);
    }
    const absent = isStored(one)
      ? `NOT EXISTS (SELECT FROM pg_temp.refill b WHERE ${match})`
      : 'true';
    const needed = facts.expression === null && facts.notNull === true;
    const value = needed ? readableOf(facts, key) : undefined;
    const { rows } = await client.query<{ unknown: string }>(
      value === undefined
        ? `SELECT count(*) AS unknown FROM ${target} t WHERE ${absent}`
        : `WITH made AS (UPDATE ${target} t SET ${column} = ${value} WHERE ${absent} RETURNING 1) SELECT count(*) AS unknown FROM made`,
    );
    done.push({
      table: `${schema}.${table}`,
      column: String(facts.column),
      since: backup.since,
      ...result,
      unknown: Number(rows[0]?.unknown),
      instead: value ?? String(facts.expression ?? 'NULL'),
    });
  }
  return done;
}

/** SQL: `t`, the live row, and `b`, the one in the backup, have the same text in these columns. */
function sameValues(columns: readonly Shape[]): string {
  if (columns.length === 0) return 'false';
  const live = columns.map(({ facts }) => `t.${quoted(facts.column)}`);
  const old = columns.map(({ facts }) => castOf(facts));
  return `ROW(${live.join(', ')})::text = ROW(${old.join(', ')})::text`;
}

function isSame({ name }: Shape) {
  return (other: Shape): boolean => other.name === name;
}

/** A value of the type that a service reads without an error, where it must not be NULL; undefined: there is none. */
function readableOf({ column, type }: Shape['facts'], key: readonly string[]): string | undefined {
  const plain = String(type).replace(/\(.*?\)/, '');
  if (key.includes(String(column))) {
    return ['text', 'uuid'].includes(plain) ? `gen_random_uuid()::${plain}` : undefined;
  }
  if (plain.endsWith('[]')) return `'{}'`;
  return {
    text: `''`,
    'character varying': `''`,
    smallint: '1',
    integer: '1',
    bigint: '1',
    numeric: '1',
    'double precision': '1',
    boolean: 'false',
    json: `'[]'`,
    jsonb: `'[]'`,
    bytea: `''`,
    'timestamp with time zone': 'now()',
  }[plain.replace(/ without time zone$/, ' with time zone')];
}

export function columnsOf(shapes: Shapes, table: string): Shape[] {
  return [...shapes.values()].filter((one) => one.kind === 'column' && one.table === table);
}

function keyOf(shapes: Shapes, table: string): string[] {
  const key = [...shapes.values()].find(
    (one) => one.kind === 'constraint' && one.table === table && one.facts.type === 'p',
  );
  return key === undefined ? [] : (JSON.parse(String(key.facts.columns)) as string[]);
}

/** SQL: the value in the backup as its column has it. */
export function castOf({ column, type }: Shape['facts']): string {
  return `b.${quoted(column)}::${String(type).replace(/ COLLATE .*/, '')}`;
}

export function quoted(column: unknown): string {
  return pg.escapeIdentifier(String(column));
}
