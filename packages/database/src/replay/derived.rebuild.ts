import type pg from 'pg';
import { qualified } from '../backup/table.digest.ts';
import type { ShapeKind, Shapes } from '../shape/shape.types.ts';
import { tryUnit } from './replay.unit.ts';

/** Tables whose rows are derived from other rows. */
export interface Rebuild {
  /** How many rows were missing, wrong or too many. */
  rebuilt: { table: string; rows: number }[];
  /** What PostgreSQL refused, and why. */
  failed: { says: string; reason: string }[];
}

/** What rows are derived by, or from: while it was not as defined, they may have become wrong. */
export const derives: ReadonlySet<ShapeKind> = new Set([
  'trigger',
  'function',
  'rule',
  'table',
  'column',
]);

/**
 * Runs what the migrations define for it: functions `rebuild_<table>()` without parameters, which make the rows of a
 * derived table right and return how many were not.
 */
export async function rebuildDerived(
  client: pg.Client,
  schema: string,
  expected: Shapes,
): Promise<Rebuild> {
  const rebuilt: Rebuild['rebuilt'] = [];
  const failed: Rebuild['failed'] = [];
  for (const { kind, name } of expected.values()) {
    const [, own] = (kind === 'function' && /^rebuild_(\w+)\(\)$/.exec(name)) || [];
    if (own === undefined) continue;
    const table = `${schema}.${own}`;
    const done = await tryUnit(client, `SELECT ${qualified(schema, `rebuild_${own}`)}() AS rows`);
    if (done.refused === undefined) rebuilt.push({ table, rows: Number(done.first?.rows) });
    else failed.push({ says: `${table} may not be what it is derived from`, reason: done.refused });
  }
  return { rebuilt, failed };
}
