import pg from 'pg';
import { qualified, TEXT_FORM } from '../backup/table.digest.ts';
import type { MigrationTarget } from '../migration/migrate.ts';
import { withLock } from '../migration/migration.session.ts';
import { readSchemaShape, repairSchemaIndexes } from '../shape/schema.shape.ts';
import {
  headlines,
  phases,
  type ShapeDifference,
  type Statement,
} from '../shape/shape.difference.ts';
import type { Shapes } from '../shape/shape.types.ts';
import type { BackupRows } from './backup.rows.ts';
import { derives, type Rebuild, rebuildDerived } from './derived.rebuild.ts';
import { isContended, tryUnit } from './replay.unit.ts';
import { type Refill, type RefillRules, refillColumns, refillTable } from './rows.refill.ts';

export interface ReplayOptions {
  /** Where rows of lost tables and values of lost columns come from; without it, these are not made again. */
  rows?: BackupRows;
  rules?: RefillRules;
}

export interface Replay {
  schema: string;
  /** What was off and is as the migrations define it, in words. */
  replayed: string[];
  /** What is off still, and why. */
  left: { says: string; reason: string }[];
  refills: Refill[];
  /** Rows that referred to rows which are gone, and went with them as their foreign key says. */
  orphans: { table: string; rows: number }[];
  rebuilt: Rebuild['rebuilt'];
}

const TRIES = 5;

/**
 * Makes a schema what its applied migrations define: objects, rights, row security. What they define is read from an
 * empty database. All of it is one transaction, tried again when a lock is not to be had; then indexes, beside writers.
 * Rows that lie in a table stay. A statement that PostgreSQL refuses is left out and told.
 * @throws MigrationLockedError, BackupMismatchError, BackupDamagedError, the errors of `pg`; then nothing was changed
 */
export function replayDefinitions(
  target: MigrationTarget,
  options: ReplayOptions = {},
): Promise<Replay> {
  const { url, schema } = target;
  return withLock(url, async (client) => {
    for (let tries = 1; ; tries += 1) {
      const { expected, differences } = await readSchemaShape(
        target,
        options.rows?.migrations(schema),
      );
      try {
        const done = await replayOnce(client, schema, expected, differences, options);
        return await buildIndexes(target, done);
      } catch (error) {
        await client.query('ROLLBACK');
        if (!isContended(error) || tries === TRIES) throw error;
      }
    }
  });
}

async function buildIndexes(target: MigrationTarget, done: Replay): Promise<Replay> {
  try {
    const built = await repairSchemaIndexes(target);
    const said = built.map((name) => `index ${target.schema}.${name} is missing`);
    return { ...done, replayed: [...done.replayed, ...said] };
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    const says = `indexes of schema ${target.schema} are missing`;
    return { ...done, left: [...done.left, { says, reason: error.message }] };
  }
}

interface Unit extends Statement {
  of: ShapeDifference;
}

async function replayOnce(
  client: pg.Client,
  schema: string,
  expected: Shapes,
  differences: readonly ShapeDifference[],
  { rows, rules = { empty: [] } }: ReplayOptions,
): Promise<Replay> {
  const lost = differences.filter(({ needsRows }) => needsRows);
  const gone = lost.filter(({ kind }) => kind === 'table').map(({ name }) => name);
  const isDoable = ({ needsRows, table }: ShapeDifference): boolean =>
    rows !== undefined || (!needsRows && (table === null || !gone.includes(table)));
  const doable = differences.filter(isDoable);
  // Whatever is made after them has the rights of roles and default privileges that are right already.
  const ordered = doable.toSorted((a, b) => rank(a) - rank(b));
  const units = phases.flatMap((phase) =>
    ordered.flatMap((of) =>
      of.statements.filter((one) => one.phase === phase).map((one): Unit => ({ ...one, of })),
    ),
  );
  const isEarly = ({ phase }: Unit) => phases.indexOf(phase) < phases.indexOf('bind');
  await client.query(`${TEXT_FORM}; BEGIN`);
  const waiting = await runAll(client, units.filter(isEarly));
  const refills =
    rows === undefined ? [] : await refill(client, schema, expected, doable, rows, rules);
  const orphans = await removeOrphans(client, schema, expected, doable);
  const late = [...waiting.keys(), ...units.filter((unit) => !isEarly(unit))];
  const refused = await runAll(client, late);
  const rebuilds = doable.some(({ kind }) => derives.has(kind))
    ? await rebuildDerived(client, schema, expected)
    : { rebuilt: [], failed: [] };
  await client.query('COMMIT');
  const left = new Map([...refused].map(([{ of }, reason]) => [of, reason]));
  const told = headlines(differences).filter(({ kind }) => kind !== 'index');
  for (const of of told) {
    if (!doable.includes(of)) left.set(of, 'there is no backup to fill it from');
    else if (of.statements.length === 0) left.set(of, 'it must be made by hand');
  }
  return {
    schema,
    replayed: told.filter((one) => !left.has(one)).map(({ says }) => says),
    left: [...[...left].map(([{ says }, reason]) => ({ says, reason })), ...rebuilds.failed],
    refills,
    orphans,
    rebuilt: rebuilds.rebuilt,
  };
}

function rank({ kind }: ShapeDifference): number {
  const first = ['role', 'schema', 'default'].indexOf(kind);
  return first === -1 ? 3 : first;
}

/** What is refused because it needs something else is tried again after that. @returns what is refused for good */
async function runAll(client: pg.Client, units: readonly Unit[]): Promise<Map<Unit, string>> {
  let waiting = units;
  for (;;) {
    const refused = new Map<Unit, string>();
    for (const unit of waiting) {
      const result = await tryUnit(client, unit.sql);
      if (result.refused !== undefined) refused.set(unit, result.refused);
    }
    if (refused.size === 0 || refused.size === waiting.length) return refused;
    waiting = [...refused.keys()];
  }
}

async function refill(
  client: pg.Client,
  schema: string,
  expected: Shapes,
  differences: readonly ShapeDifference[],
  rows: BackupRows,
  rules: RefillRules,
): Promise<Refill[]> {
  const lost = differences.filter(({ needsRows }) => needsRows);
  const tables = lost.flatMap(({ kind, name }) => (kind === 'table' ? name : [])).sort();
  const refills: Refill[] = [];
  for (const table of tables) {
    refills.push(await refillTable(client, schema, table, expected, rows, rules));
  }
  for (const table of new Set(lost.map((one) => one.table).sort())) {
    if (table === null || tables.includes(table)) continue;
    const columns = lost.filter((one) => one.table === table);
    const shapes = columns.flatMap(({ kind, name }) => expected.get(`${kind} ${name}`) ?? []);
    refills.push(...(await refillColumns(client, schema, table, shapes, expected, rows)));
  }
  return refills;
}

/**
 * Before a foreign key is made again: what lost its row meanwhile goes, where the key says so, or where it came from a
 * backup. Elsewhere the key is refused, and told.
 */
async function removeOrphans(
  client: pg.Client,
  schema: string,
  expected: Shapes,
  differences: readonly ShapeDifference[],
): Promise<Replay['orphans']> {
  const made = differences.filter(({ needsRows, kind }) => needsRows && kind === 'table');
  const removed: Replay['orphans'] = [];
  for (const { kind, name, table } of differences) {
    const facts = kind === 'constraint' ? expected.get(`constraint ${name}`)?.facts : undefined;
    if (table === null || facts === undefined || facts.type !== 'f') continue;
    if (facts.cascades !== true && !made.some((one) => one.name === table)) continue;
    const { refused, rows } = await tryUnit(
      client,
      `DELETE FROM ${qualified(schema, table)} c WHERE NOT EXISTS (SELECT FROM ${facts.parent} p WHERE ${facts.match})`,
    );
    // Refused where the other table is not there: then its key is, too, and that is told.
    if (refused === undefined && rows > 0) removed.push({ table: `${schema}.${table}`, rows });
  }
  return removed;
}
