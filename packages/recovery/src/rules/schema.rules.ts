import { headlines } from '@gospelib/database';
import type { SchemaSnapshot, Snapshot, StoredDatabase } from '../snapshot/snapshot.types.ts';
import type { Plan, PlannedStep, Rule } from './rule.ts';

/** Before anything that runs migrations: it would make the schema empty. */
export const schemaGone: Rule = {
  name: 'schema-gone',
  area: 'database',
  when: 'A schema is gone, or its list of applied migrations, and a backup has it',
  remedy:
    'make again what is missing of it, by the migrations that the backup names, and fill it from there; no row that lies in a table is touched',
  applies: (snapshot) => goneIn(snapshot).length > 0,
  plan: (snapshot) =>
    replays(goneIn(snapshot), snapshot, ({ schema }) => `Make ${schema} again`, true),
};

/** What the migrations define and is not so any more: it is made again, beside the rows that lie there. */
export const schemaAltered: Rule = {
  name: 'schema-altered',
  area: 'database',
  when: 'Something that the migrations define is missing or altered: a right, row security, a policy, trigger, function, key, column, table',
  remedy:
    'make it again as the migrations define it; fill lost tables and columns from the newest backup that is whole; no row that lies in a table is touched',
  applies: ({ database }) =>
    database?.schemas.some(({ lost }) => lost.some(({ kind }) => kind !== 'index')) === true,
  plan: (snapshot) => {
    const altered = snapshot.database?.schemas.filter(({ lost }) => lost.length > 0) ?? [];
    return replays(altered, snapshot, tellAltered, false);
  },
};

/** Where there is no backup to tell, a schema that is not there was never made. */
function goneIn({ database, backups }: Snapshot): SchemaSnapshot[] {
  const isKnown = (schema: string): boolean =>
    backups === undefined || backups.database.some(({ schemas }) => schemas.includes(schema));
  return (database?.schemas ?? []).filter(({ schema, isGone }) => isGone && isKnown(schema));
}

const NAMED = 4;

function tellAltered({ schema, lost }: SchemaSnapshot): string {
  const heads = headlines(lost).map(({ says }) => says);
  const more = heads.length > NAMED ? ` and ${heads.length - NAMED} more` : '';
  return `Make ${schema} as its migrations define it (${heads.slice(0, NAMED).join('; ')}${more})`;
}

function replays(
  schemas: readonly SchemaSnapshot[],
  { backups }: Snapshot,
  says: (schema: SchemaSnapshot) => string,
  isGone: boolean,
): Omit<Plan, 'rule' | 'area' | 'when'> {
  const steps: PlannedStep[] = [];
  let needed = false;
  for (const one of schemas) {
    const needsRows = isGone || one.lost.some((lost) => lost.needsRows);
    const step = needsRows
      ? fromBackups(replayOf(one, says(one)), backups?.database.filter(holds(one)) ?? [])
      : replayOf(one, says(one));
    needed ||= needsRows;
    if (step !== undefined) steps.push(step);
    else {
      const refused =
        backups === undefined
          ? 'Nothing is known of the backups: look at the place where they lie first, then run this again.'
          : 'There is no verified backup to bring its rows back from. Stop writing to it (`./gl down`) and ask whoever keeps copies of the server’s disk.';
      return { steps: [], expectedSeconds: 0, refused };
    }
  }
  return { steps, expectedSeconds: needed ? 15 : 5 };
}

function holds({ schema }: SchemaSnapshot) {
  return ({ schemas }: StoredDatabase): boolean => schemas.includes(schema);
}

function replayOf({ schema, lost }: SchemaSnapshot, says: string): PlannedStep {
  const changes = lost.flatMap(({ says: what, statements }) =>
    statements.length === 0 ? [] : [{ says: what, sql: statements.map(({ sql }) => sql) }],
  );
  return { step: 'replay-definitions', subject: schema, says, changes };
}

/** From each backup in turn, the newest first. */
function fromBackups(
  step: PlannedStep,
  [newest, ...older]: readonly StoredDatabase[],
): PlannedStep | undefined {
  if (newest === undefined) return undefined;
  const otherwise = fromBackups(step, older);
  return {
    ...step,
    subject: `${step.subject}:${newest.id}`,
    says: `${step.says}, and fill it from the backup of ${newest.createdAt}`,
    ...(otherwise && { otherwise }),
  };
}
