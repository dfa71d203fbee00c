import pg from 'pg';
import type { Compared, Phase, ShapeDifference } from './shape.difference.ts';
import type { Shape } from './shape.types.ts';

const verbs: Readonly<Record<string, string>> = {
  SELECT: 'read',
  INSERT: 'insert into',
  UPDATE: 'update',
  DELETE: 'delete from',
  TRUNCATE: 'truncate',
  REFERENCES: 'refer to',
  TRIGGER: 'put triggers on',
  MAINTAIN: 'maintain',
  USAGE: 'use',
  CREATE: 'create in',
  EXECUTE: 'run',
};

/** Rights of one role to one object; `undefined` where it has, or should have, none. */
export function compareGrant(
  wanted: Shape | undefined,
  found: Shape | undefined,
  { schema, owner }: Compared,
): ShapeDifference[] {
  const shape = wanted ?? found;
  if (shape === undefined) return [];
  const { kind, name, table, target, facts } = shape;
  const [want, have] = [privilegesOf(wanted), privilegesOf(found)];
  const lacking = [...want].filter(([one]) => !have.has(one)).map(([one]) => one);
  const extra = [...have].filter(([one]) => !want.has(one)).map(([one]) => one);
  const passedOn = [...have]
    .filter(([one, passes]) => passes && want.get(one) === false)
    .map(([one]) => one);
  const who = String(facts.grantee);
  const role = who === 'PUBLIC' ? who : who === 'OWNER' ? owner : pg.escapeIdentifier(who);
  const whom = { PUBLIC: 'everybody', OWNER: 'its owner' }[who] ?? `role ${who}`;
  const what = whatIs(shape, schema);
  const said = (privileges: string[]) =>
    `${privileges.map((one) => verbs[one] ?? one).join(', ')} ${what}`;
  const columns = String(facts.columns);
  const change = (privileges: string[], how: 'GRANT' | 'REVOKE' | 'REVOKE GRANT OPTION FOR') => {
    const list = privileges.map((one) => `${one}${columns}`).join(', ');
    const scope =
      kind === 'default'
        ? `ALTER DEFAULT PRIVILEGES IN SCHEMA ${pg.escapeIdentifier(schema)} `
        : '';
    const sql = `${scope}${how} ${list} ON ${target} ${how === 'GRANT' ? 'TO' : 'FROM'} ${role}`;
    return [{ phase: phaseOf(kind, who), sql }];
  };
  const differences: ShapeDifference[] = [];
  const base = { kind, name, table };
  if (lacking.length > 0) {
    const says = `${whom} may not ${said(lacking)}`;
    differences.push({ ...base, fault: 'missing', says, statements: change(lacking, 'GRANT') });
  }
  if (extra.length > 0) {
    const says = `${whom} may ${said(extra)}, which no migration grants`;
    differences.push({ ...base, fault: 'extra', says, statements: change(extra, 'REVOKE') });
  }
  if (passedOn.length > 0) {
    const says = `${whom} may allow others to ${said(passedOn)}, which no migration grants`;
    const statements = change(passedOn, 'REVOKE GRANT OPTION FOR');
    differences.push({ ...base, fault: 'extra', says, statements });
  }
  return differences;
}

/** What is made, and whoever makes it, needs its rights first. */
function phaseOf(kind: string, who: string): Phase {
  if (kind === 'default') return 'make';
  return who === 'OWNER' ? 'own' : 'grant';
}

function whatIs({ kind, facts }: Shape, schema: string): string {
  if (kind === 'default') return `future ${String(facts.object).toLowerCase()} of schema ${schema}`;
  return facts.object === 'SCHEMA' ? `schema ${schema}` : `${schema}.${facts.object}`;
}

function privilegesOf(shape: Shape | undefined): Map<string, boolean> {
  const facts = shape?.facts ?? {};
  const granted = Object.keys(verbs).filter((privilege) => privilege in facts);
  return new Map(granted.map((privilege) => [privilege, facts[privilege] === true]));
}

const attributes: Readonly<Record<string, string>> = {
  SUPERUSER: 'is a superuser, and so above every rule',
  BYPASSRLS: 'sees the rows of every reader: row security does not bind it',
  CREATEROLE: 'may create roles',
  CREATEDB: 'may create databases',
  REPLICATION: 'may replicate the whole server',
};

/** Roles belong to the server, not to the schema: what the service's role must be is known without the migrations. */
export function compareRole(
  wanted: Shape | undefined,
  found: Shape | undefined,
): ShapeDifference[] {
  const { kind, name, table, target, make } = (wanted ?? found) as Shape;
  const base = { kind, name, table };
  if (found === undefined) {
    const statements = make === null ? [] : [{ phase: 'make' as const, sql: make }];
    return [{ ...base, fault: 'missing', says: `role ${name} is missing`, statements }];
  }
  const differences: ShapeDifference[] = [];
  const tell = (says: string, sql: string) =>
    differences.push({ ...base, fault: 'extra', says, statements: [{ phase: 'make', sql }] });
  for (const [attribute, means] of Object.entries(attributes)) {
    if (found.facts[attribute] === true) {
      tell(`role ${name} ${means}`, `ALTER ROLE ${target} NO${attribute}`);
    }
  }
  const { memberOf } = found.facts;
  if (memberOf !== null) {
    tell(`role ${name} has the rights of ${memberOf}, too`, `REVOKE ${memberOf} FROM ${target}`);
  }
  return differences;
}
