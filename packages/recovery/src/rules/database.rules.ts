import { type Release, releaseBefore } from '@gospelib/environment';
import type { SchemaSnapshot, Snapshot } from '../snapshot/snapshot.types.ts';
import type { Rule } from './rule.ts';
import { schemaAltered, schemaGone } from './schema.rules.ts';

/** PostgreSQL, worst first. */
export const databaseRules: readonly Rule[] = [
  {
    name: 'bad-release',
    area: 'database',
    when: 'A service fails since a release that brought migrations which go back',
    remedy:
      'take a backup (verified first when going back loses something, else afterwards), roll the migrations back, start the release before',
    applies: (snapshot) => {
      const bad = badRelease(snapshot);
      return bad?.undone.every(({ reversible }) => reversible !== false) === true;
    },
    plan: (snapshot) => {
      const { schema, undone, before } = badRelease(snapshot) as BadRelease;
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
    applies: (snapshot) => badRelease(snapshot) !== undefined,
    plan: (snapshot) => {
      const { undone, schema } = badRelease(snapshot) as BadRelease;
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
    applies: (snapshot) => some(snapshot, ({ migrations }) => has(migrations, 'unknown')),
    plan: () => ({
      steps: [],
      expectedSeconds: 0,
      refused:
        'Migrations of another release are applied. Start that release again, or roll them back with it (`./gl db rollback` there): only it knows the way down.',
    }),
  },
  schemaGone,
  {
    name: 'role-refused',
    area: 'database',
    when: 'The role of a service is refused with the password that the service is given',
    remedy: 'give the role that password again, as `./gl db migrate` does',
    applies: (snapshot) => some(snapshot, ({ roleRefused }) => roleRefused),
    plan: ({ database }) => ({
      steps: (database?.schemas ?? [])
        .filter(({ roleRefused }) => roleRefused)
        .map(({ schema }) => ({
          step: 'migrate',
          subject: schema,
          says: `Give ${schema}_service its password again (\`./gl db migrate\`)`,
        })),
      expectedSeconds: 2,
    }),
  },
  schemaAltered,
  {
    name: 'schema-index',
    area: 'database',
    when: 'An index is missing, or was left half built by an interrupted migration',
    remedy: 'build it again, or drop it where no migration made it',
    applies: (snapshot) => some(snapshot, ({ lost }) => lost.length > 0),
    plan: ({ database }) => ({
      steps: (database?.schemas ?? [])
        .filter(({ lost }) => lost.length > 0)
        .map(({ schema, lost }) => ({
          step: 'repair-schema-indexes',
          subject: schema,
          says: `Repair ${lost.map(({ name }) => name).join(', ')} of ${schema}`,
        })),
      expectedSeconds: 5,
    }),
  },
  {
    name: 'schema-pending',
    area: 'database',
    when: 'The schema is behind the release that runs',
    remedy: 'back up, run the migrations',
    applies: (snapshot) => some(snapshot, ({ migrations }) => has(migrations, 'pending')),
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
  schema: string;
  undone: SchemaSnapshot['migrations'];
  before: Release;
}

/** A service that fails, whose schema the last release has changed. */
function badRelease({ services, database }: Snapshot): BadRelease | undefined {
  if (services === undefined) return undefined;
  const before = releaseBefore(services.releases);
  if (before === undefined) return undefined;
  for (const { schema, migrations } of database?.schemas ?? []) {
    if (!services.failing.includes(schema)) continue;
    const applied = migrations.filter(({ state }) => state === 'applied');
    const last = applied.findIndex((one) => one.name === before.migrations[schema]);
    const undone = last === -1 ? [] : applied.slice(last + 1);
    if (undone.length > 0) return { schema, undone, before };
  }
  return undefined;
}

export function startRelease({ root, commit, at }: Release) {
  const name = commit?.slice(0, 10) ?? root;
  return {
    step: 'start-release',
    subject: root,
    says: `Start the release before (${name}, which ran since ${at})`,
  } as const;
}

function some({ database }: Snapshot, test: (schema: SchemaSnapshot) => boolean): boolean {
  return database?.schemas.some(test) === true;
}

function has(migrations: SchemaSnapshot['migrations'], state: 'pending' | 'unknown'): boolean {
  return migrations.some((one) => one.state === state);
}
