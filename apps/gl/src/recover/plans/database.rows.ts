import type { Release } from '../../supervisor/release.log.ts';
import type { SchemaName } from '../../supervisor/schemas.ts';
import type { Look, SchemaLook } from '../look.ts';
import type { Row } from './plan.ts';

/** PostgreSQL, worst first. */
export const databaseRows: readonly Row[] = [
  {
    name: 'bad-release',
    area: 'database',
    when: 'A service fails since a release that brought migrations which go back',
    remedy:
      'take a backup (verified first when going back loses something, else afterwards), roll the migrations back, start the release before',
    applies: (look) => {
      const bad = badRelease(look);
      return bad?.undone.every(({ reversible }) => reversible !== false) === true;
    },
    plan: (look) => {
      const { schema, undone, before } = badRelease(look) as BadRelease;
      const to = before.migrations[schema];
      const losses = undone.flatMap(({ name, loses }) => (loses ? [`${name} loses ${loses}`] : []));
      return {
        steps: [
          losses.length > 0 ? backupFirst : backupNow,
          {
            step: 'roll-back-migrations',
            subject: `${schema}:${to}`,
            says: `Roll ${undone.map(({ name }) => name).join(', ')} of ${schema} back`,
          },
          startRelease(before),
        ],
        expectedSeconds: 60,
        ...(losses.length > 0 && { mayLose: losses.join('; ') }),
      };
    },
  },
  {
    name: 'bad-release-irreversible',
    area: 'database',
    when: 'A service fails since a release that brought a migration which cannot go back',
    remedy: 'refuse, and say what fixing forward means',
    applies: (look) => badRelease(look) !== undefined,
    plan: (look) => {
      const { undone, schema } = badRelease(look) as BadRelease;
      const stuck = undone.find(({ reversible }) => reversible === false);
      const why = stuck?.irreversibleBecause ?? 'its header says so';
      return {
        steps: [],
        expectedSeconds: 0,
        refused:
          `${stuck?.name} of ${schema} cannot be undone (${why}), and the release before does not know its schema. ` +
          'Fix forward: correct the code, add a further migration where the schema needs one, and start that release. ' +
          'Restoring the backup taken before it would lose every write since then; that is a person’s decision: `./gl db backups`, `./gl db restore`.',
      };
    },
  },
  {
    name: 'schema-unknown',
    area: 'database',
    when: 'The schema is ahead of the release that runs',
    remedy: 'refuse, and say which release rolls it back',
    applies: (look) => some(look, ({ migrations }) => has(migrations, 'unknown')),
    plan: () => ({
      steps: [],
      expectedSeconds: 0,
      refused:
        'Migrations of another release are applied. Start that release again, or roll them back with it (`./gl db rollback` there): only it knows the way down.',
    }),
  },
  {
    name: 'schema-lost',
    area: 'database',
    when: 'A table that the migrations made is gone or altered',
    remedy: 'keep the present database aside, bring what is lost back from the newest backup',
    applies: (look) => some(look, ({ lost }) => lost.some(({ kind }) => kind !== 'index')),
    plan: ({ backups, database }) => {
      const [newest] = backups.database;
      const tables = lostTables(database?.schemas ?? []);
      if (newest === undefined) {
        const refused =
          'There is no verified backup to bring it back from. Stop writing to it (`./gl down`) and ask whoever keeps copies of the server’s disk.';
        return { steps: [], expectedSeconds: 0, refused };
      }
      return {
        steps: [
          {
            step: 'restore-tables',
            subject: newest.id,
            says: `Bring ${tables.join(', ')} back from the backup of ${newest.createdAt}`,
          },
        ],
        expectedSeconds: 30,
        mayLose: `what was written to ${tables.join(', ')} after ${newest.createdAt}`,
      };
    },
  },
  {
    name: 'schema-index',
    area: 'database',
    when: 'An index is missing, or was left half built by an interrupted migration',
    remedy: 'build it again, or drop it where no migration made it',
    applies: (look) => some(look, ({ lost }) => lost.length > 0),
    plan: ({ database }) => ({
      steps: (database?.schemas ?? [])
        .filter(({ lost }) => lost.length > 0)
        .map(({ schema, lost }) => ({
          step: 'mend-schema-indexes',
          subject: schema,
          says: `Mend ${lost.map(({ name }) => name).join(', ')} of ${schema}`,
        })),
      expectedSeconds: 5,
    }),
  },
  {
    name: 'schema-pending',
    area: 'database',
    when: 'The schema is behind the release that runs',
    remedy: 'back up, run the migrations',
    applies: (look) => some(look, ({ migrations }) => has(migrations, 'pending')),
    plan: ({ database }) => ({
      steps: [
        backupFirst,
        ...(database?.schemas ?? [])
          .filter(({ migrations }) => has(migrations, 'pending'))
          .map(({ schema }) => ({
            step: 'migrate' as const,
            subject: schema,
            says: `Run the pending migrations of ${schema}`,
          })),
      ],
      expectedSeconds: 20,
    }),
  },
];

const backupFirst = {
  step: 'backup-database',
  subject: 'database',
  says: 'Back the database up as it is',
} as const;

/** Verifying takes several times as long as taking, and readers wait. */
const backupNow = {
  step: 'take-database-backup',
  subject: 'database',
  says: 'Take a backup of the database as it is',
} as const;

interface BadRelease {
  schema: SchemaName;
  undone: SchemaLook['migrations'];
  before: Release;
}

/** A service that fails, whose schema the last release has changed. */
function badRelease({ services, database }: Look): BadRelease | undefined {
  const before = releaseBefore(services.releases);
  if (before === undefined) return undefined;
  for (const { schema, migrations } of database?.schemas ?? []) {
    const name = schema as SchemaName;
    if (!services.failing.includes(name)) continue;
    const applied = migrations.filter(({ state }) => state === 'applied');
    const last = applied.findIndex((one) => one.name === before.migrations[name]);
    const undone = last === -1 ? [] : applied.slice(last + 1);
    if (undone.length > 0) return { schema: name, undone, before };
  }
  return undefined;
}

/** The last one before what was started last that ever answered. */
export function releaseBefore(releases: readonly Release[]): Release | undefined {
  return releases.slice(1).find(({ cameUp }) => cameUp);
}

export function startRelease({ root, commit, at }: Release) {
  const name = commit?.slice(0, 10) ?? root;
  return {
    step: 'start-release',
    subject: root,
    says: `Start the release before (${name}, which ran since ${at})`,
  } as const;
}

function some({ database }: Look, test: (schema: SchemaLook) => boolean): boolean {
  return database?.schemas.some(test) === true;
}

function has(migrations: SchemaLook['migrations'], state: 'pending' | 'unknown'): boolean {
  return migrations.some((one) => one.state === state);
}

/** `study.notes`: tables that are gone, or of which something is gone. */
function lostTables(schemas: readonly SchemaLook[]): string[] {
  const names = schemas.flatMap(({ schema, lost }) =>
    lost
      .filter(({ kind }) => kind !== 'index')
      .map(({ name }) => `${schema}.${name.split('.')[0]}`),
  );
  return [...new Set(names)];
}
