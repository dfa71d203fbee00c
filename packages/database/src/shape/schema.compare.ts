import pg from 'pg';
import { compareColumn, extraColumn } from './column.compare.ts';
import { compareGrant, compareRole } from './rights.compare.ts';
import type { Compared, Phase, ShapeDifference, Statement } from './shape.difference.ts';
import type { Shape, ShapeKind, Shapes } from './shape.types.ts';

/**
 * What a schema lacks of what its migrations make, what is otherwise, and what it has beyond them where that changes what
 * may be read or written: rights, policies, triggers, rules, constraints. Other extra objects are no difference.
 */
export function compareShapes(
  expected: Shapes,
  actual: Shapes,
  compared: Compared,
): ShapeDifference[] {
  const differences: ShapeDifference[] = [];
  for (const [key, wanted] of expected) {
    const made = wanted.kind === 'column' && !actual.has(`table ${wanted.table}`);
    const found = compareObject(wanted, actual.get(key), compared);
    differences.push(...(made ? found.map(withTable) : found));
  }
  for (const [key, found] of actual) {
    if (!expected.has(key)) differences.push(...compareExtra(found, expected, compared));
    if (!found.valid) differences.push(unfinished(found, expected.get(key), compared));
  }
  return differences;
}

/** A column of a missing table comes with it. */
function withTable({ needsRows, ...difference }: ShapeDifference): ShapeDifference {
  return { ...difference, statements: [] };
}

function compareObject(
  wanted: Shape,
  found: Shape | undefined,
  compared: Compared,
): ShapeDifference[] {
  const { kind, make } = wanted;
  if (kind === 'grant' || kind === 'default') return compareGrant(wanted, found, compared);
  if (kind === 'role') return compareRole(wanted, found);
  if (kind === 'index' && wanted.facts.ofConstraint === true) return [];
  if (found === undefined) {
    // It comes with its column.
    if (kind === 'sequence' && make === null) return [];
    const says = `${titleOf(wanted, compared)} is missing`;
    const { generated, identity } = wanted.facts;
    const heldRows = kind === 'table' || (kind === 'column' && !generated && !identity);
    const statements = makes(wanted, compared);
    return [
      {
        ...about(wanted),
        fault: 'missing',
        says,
        statements,
        ...(heldRows && { needsRows: true }),
      },
    ];
  }
  if (kind === 'column') return compareColumn(wanted, found, compared);
  const title = titleOf(wanted, compared);
  const differs: ShapeDifference[] = [];
  const tell = (says: string, ...statements: Statement[]) =>
    differs.push({ ...about(wanted), fault: 'altered', says, statements });
  if (wanted.facts.owner !== found.facts.owner) {
    const type = kind === 'function' ? 'ROUTINE' : kind.toUpperCase();
    const other = pg.escapeIdentifier(String(found.facts.owner));
    tell(
      `${title} belongs to ${found.facts.owner} instead of the owner of the database`,
      at(
        'make',
        // Who takes something over must be a member of the role that has it.
        `GRANT ${other} TO CURRENT_USER`,
        `ALTER ${type} ${wanted.target} OWNER TO ${compared.owner}`,
        `REVOKE ${other} FROM CURRENT_USER`,
      ),
    );
  }
  if (kind === 'table') compareTable(wanted, found, compared, tell);
  else if (kind === 'index') {
    if (wanted.definition !== found.definition) tell(`${title} differs`);
  } else if (wanted.facts.definition !== found.facts.definition) {
    const again = kind === 'function' || kind === 'view' ? [] : drops(found);
    const sql = kind === 'sequence' ? String(wanted.facts.alter) : make;
    const statements = sql === null ? [] : [at(phaseOf[kind], ...again, sql)];
    tell(`${title} differs from what the migrations define`, ...statements);
  } else if (kind === 'trigger' && wanted.facts.enabled !== found.facts.enabled) {
    const says = found.facts.enabled === 'D' ? 'is disabled' : 'is enabled in another way';
    tell(`${title} ${says}`, at('guard', switchTrigger(wanted.target, wanted.facts)));
  } else if (kind === 'constraint' && wanted.facts.validated === true && !found.facts.validated) {
    tell(
      `${title} was not validated: rows may break it`,
      at('bind', `ALTER TABLE ${wanted.target} VALIDATE CONSTRAINT ${wanted.facts.constraint}`),
    );
  }
  return differs;
}

function compareTable(
  wanted: Shape,
  found: Shape,
  { schema }: Compared,
  tell: (says: string, ...statements: Statement[]) => void,
): void {
  const table = `${schema}.${wanted.name}`;
  const alter = (phase: Phase, what: string) => at(phase, `ALTER TABLE ${wanted.target} ${what}`);
  if (wanted.facts.rowSecurity !== found.facts.rowSecurity) {
    const on = wanted.facts.rowSecurity === true;
    tell(
      `row security of ${table} is ${on ? 'off' : 'on, which no migration sets'}`,
      alter('guard', `${on ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`),
    );
  }
  if (wanted.facts.forced !== found.facts.forced) {
    const on = wanted.facts.forced === true;
    tell(
      `row security of ${table} ${on ? 'does not bind' : 'binds'} its owner, against the migrations`,
      alter('guard', `${on ? 'FORCE' : 'NO FORCE'} ROW LEVEL SECURITY`),
    );
  }
  if (wanted.facts.logged === true && found.facts.logged !== true) {
    tell(
      `table ${table} is unlogged: a crash of PostgreSQL would empty it`,
      alter('code', 'SET LOGGED'),
    );
  }
}

/** Kinds that change what may be read or written, though no migration makes them. */
function compareExtra(found: Shape, expected: Shapes, compared: Compared): ShapeDifference[] {
  const { kind, table } = found;
  if (kind === 'default' || (kind === 'grant' && isRightToOurs(found, expected))) {
    return compareGrant(undefined, found, compared);
  }
  if (kind === 'role') return compareRole(undefined, found);
  const ofOurs = table !== null && expected.has(`table ${table}`);
  if (!ofOurs) return [];
  if (kind === 'column') return extraColumn(found, compared);
  if (!['policy', 'trigger', 'rule', 'constraint'].includes(kind)) return [];
  const says = `${titleOf(found, compared)} was added, which no migration makes`;
  const statements = [at('make', ...drops(found))];
  return [{ ...about(found), fault: 'extra', says, statements }];
}

function isRightToOurs({ facts }: Shape, expected: Shapes): boolean {
  const kinds = ['table', 'view', 'sequence', 'function', 'column'];
  return facts.object === 'SCHEMA' || kinds.some((kind) => expected.has(`${kind} ${facts.object}`));
}

function unfinished(
  found: Shape,
  wanted: Shape | undefined,
  { schema }: Compared,
): ShapeDifference {
  const what = wanted === undefined ? ', and no migration makes it' : '';
  const says = `index ${schema}.${found.name} is unfinished: its build was interrupted${what}`;
  return { ...about(found), fault: 'unfinished', says, statements: [] };
}

/** "policy own on study.notes", "column study.notes.body" */
function titleOf({ kind, name, table }: Shape, { schema }: Compared): string {
  if (kind === 'schema') return `schema ${schema}`;
  const on = ['constraint', 'policy', 'trigger', 'rule'].includes(kind) && table !== null;
  return on
    ? `${kind} ${name.slice(table.length + 1)} on ${schema}.${table}`
    : `${kind} ${schema}.${name}`;
}

const phaseOf: Record<ShapeKind, Phase> = {
  schema: 'make',
  role: 'make',
  type: 'make',
  sequence: 'make',
  table: 'make',
  column: 'make',
  function: 'code',
  constraint: 'bind',
  index: 'bind',
  view: 'guard',
  trigger: 'guard',
  rule: 'guard',
  policy: 'guard',
  grant: 'grant',
  default: 'make',
};

function makes({ kind, make, facts, target }: Shape, { schema }: Compared): Statement[] {
  if (make === null || kind === 'index') return [];
  // Default privileges are more than some objects are to have: theirs are granted one by one.
  const type = { table: 'TABLE', view: 'TABLE', sequence: 'SEQUENCE', function: 'ROUTINE' }[
    kind as string
  ];
  const bare = type && `REVOKE ALL ON ${type} ${target} FROM PUBLIC, "${schema}_service"`;
  const statements = [at(phaseOf[kind], make, ...(bare === undefined ? [] : [bare]))];
  if (kind === 'column' && facts.notNull === true && facts.generated === null) {
    const column = `ALTER COLUMN "${String(facts.column).replaceAll('"', '""')}"`;
    statements.push(at('bind', `ALTER TABLE ${target} ${column} SET NOT NULL`));
  }
  if (kind === 'table' && facts.rowSecurity === true) {
    statements.push(at('guard', `ALTER TABLE ${target} ENABLE ROW LEVEL SECURITY`));
  }
  if (kind === 'table' && facts.forced === true) {
    statements.push(at('guard', `ALTER TABLE ${target} FORCE ROW LEVEL SECURITY`));
  }
  if (kind === 'trigger' && facts.enabled !== 'O') {
    statements.push(at('guard', switchTrigger(target, facts)));
  }
  return statements;
}

const switches = { O: 'ENABLE', D: 'DISABLE', R: 'ENABLE REPLICA', A: 'ENABLE ALWAYS' };

function switchTrigger(target: string, { trigger, enabled }: Shape['facts']): string {
  return `ALTER TABLE ${target} ${switches[enabled as keyof typeof switches]} TRIGGER ${trigger}`;
}

function drops({ kind, target, facts }: Shape): string[] {
  if (kind === 'constraint') return [`ALTER TABLE ${target} DROP CONSTRAINT ${facts.constraint}`];
  if (kind === 'policy' || kind === 'trigger' || kind === 'rule') {
    return [`DROP ${kind.toUpperCase()} ${facts[kind]} ON ${target}`];
  }
  return [];
}

function about({ kind, name, table }: Shape): Pick<ShapeDifference, 'kind' | 'name' | 'table'> {
  return { kind, name, table };
}

function at(phase: Phase, ...sql: string[]): Statement {
  return { phase, sql: sql.join('; ') };
}
