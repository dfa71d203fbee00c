import pg from 'pg';
import type { Compared, Phase, ShapeDifference } from './shape.difference.ts';
import type { Shape } from './shape.types.ts';

/** Type, default, NOT NULL, generation and identity of a column, each for itself. */
export function compareColumn(
  wanted: Shape,
  found: Shape,
  { schema }: Compared,
): ShapeDifference[] {
  const { kind, name, table, target } = wanted;
  const [want, have] = [wanted.facts, found.facts];
  const title = `column ${schema}.${name}`;
  const differences: ShapeDifference[] = [];
  const tell = (says: string, phase: Phase, ...actions: string[]) => {
    const sql = actions.map((action) => `ALTER TABLE ${target} ${action}`).join('; ');
    const statements = [{ phase, sql }];
    differences.push({ kind, name, table, fault: 'altered', says, statements });
  };
  const column = pg.escapeIdentifier(String(want.column));
  const made = wanted.make?.slice(wanted.make.indexOf('ADD COLUMN')) ?? '';
  if (
    want.generated !== have.generated ||
    (want.generated && want.expression !== have.expression)
  ) {
    if (want.generated === null) {
      tell(
        `${title} is generated, which no migration sets`,
        'code',
        `ALTER ${column} DROP EXPRESSION`,
      );
    } else {
      // Its values follow from other columns: nothing is lost.
      tell(
        `${title} is not generated as the migrations define`,
        'code',
        `DROP COLUMN ${column}`,
        made,
      );
    }
    return differences;
  }
  if (want.type !== have.type) {
    tell(
      `${title} is of type ${have.type} instead of ${want.type}`,
      'code',
      `ALTER ${column} TYPE ${want.type} USING ${column}::${String(want.type).replace(/ COLLATE .*/, '')}`,
    );
  }
  if (want.identity !== have.identity) {
    const kindOf = want.identity === 'a' ? 'ALWAYS' : 'BY DEFAULT';
    if (want.identity === null) {
      tell(
        `${title} counts by itself, which no migration sets`,
        'code',
        `ALTER ${column} DROP IDENTITY`,
      );
    } else if (have.identity === null) {
      tell(
        `${title} does not count by itself any more`,
        'code',
        `ALTER ${column} ADD GENERATED ${kindOf} AS IDENTITY`,
      );
      const next = `SELECT setval(pg_get_serial_sequence(${pg.escapeLiteral(target)}, ${pg.escapeLiteral(String(want.column))}), coalesce((SELECT max(${column}) FROM ${target}), 0) + 1, false)`;
      differences.push({
        kind,
        name,
        table,
        fault: 'altered',
        says: `the next value of ${title} is unknown`,
        statements: [{ phase: 'bind', sql: next }],
      });
    } else {
      tell(
        `${title} counts otherwise than the migrations define`,
        'code',
        `ALTER ${column} SET GENERATED ${kindOf}`,
      );
    }
  } else if (want.expression !== have.expression) {
    const to = want.expression === null ? 'DROP DEFAULT' : `SET DEFAULT ${want.expression}`;
    tell(
      `the default of ${title} is ${have.expression ?? 'missing'} instead of ${want.expression ?? 'none'}`,
      'code',
      `ALTER ${column} ${to}`,
    );
  }
  if (want.notNull !== have.notNull) {
    tell(
      want.notNull
        ? `${title} may be NULL`
        : `${title} must not be NULL, which no migration demands`,
      'bind',
      `ALTER ${column} ${want.notNull ? 'SET' : 'DROP'} NOT NULL`,
    );
  }
  return differences;
}

/** One that the service does not know, so that every row that it writes would be refused. */
export function extraColumn(found: Shape, { schema }: Compared): ShapeDifference[] {
  const { kind, name, table, target, facts } = found;
  const fills = facts.expression !== null || facts.identity !== null;
  if (facts.notNull !== true || fills) return [];
  const sql = `ALTER TABLE ${target} ALTER ${pg.escapeIdentifier(String(facts.column))} DROP NOT NULL`;
  const says = `column ${schema}.${name}, which no migration makes, refuses every row without it`;
  return [{ kind, name, table, fault: 'extra', says, statements: [{ phase: 'code', sql }] }];
}
