import type { StoredBackup } from '@gospelib/backup';
import type pg from 'pg';
import type { SchemaSource } from '../migration/migrate.ts';
import { readMigrations } from '../migration/migration.files.ts';
import type { SchemaBackup } from './backup.content.ts';
import { RestoreRefusedError } from './backup.error.ts';

type BackedUpMigration = SchemaBackup['migrations'][number];

export interface ChosenMigrations {
  /** In the order of the backup. */
  migrations: BackedUpMigration[];
  /** Those of which only the backup has the SQL. */
  foreign: string[];
  /** What a person should know: a sentence each. */
  notes: string[];
}

/**
 * The SQL that makes a backup's tables: the release's own wherever it knows the migration. A backup is data; only what this
 * release lacks (a later release took the backup) is taken from it, and only where a signature proves that it is ours.
 * @throws RestoreRefusedError
 */
export function chooseMigrations(
  { schema, migrations }: SchemaBackup,
  { manifest, proven }: Pick<StoredBackup, 'manifest' | 'proven'>,
  own: readonly SchemaSource[],
): ChosenMigrations {
  const source = own.find((one) => one.schema === schema);
  const known = source === undefined ? [] : readMigrations(source.folder);
  const chosen: ChosenMigrations = { migrations: [], foreign: [], notes: [] };
  for (const stored of migrations) {
    const ours = known.find(({ name }) => name === stored.name);
    if (ours === undefined) {
      chosen.foreign.push(stored.name);
      chosen.migrations.push(stored);
      continue;
    }
    const { name, up, down } = ours;
    chosen.migrations.push({ name, up, ...(down !== undefined && { down }) });
    if (stored.up === up && stored.down === down) continue;
    chosen.notes.push(
      `The migration ${name} of ${schema} has other SQL in the backup than in this release: this release's own is run.`,
    );
  }
  if (chosen.foreign.length === 0) return chosen;
  const names = `${chosen.foreign.join(', ')} of ${schema}`;
  if (!proven) {
    throw new RestoreRefusedError(
      `The backup ${manifest.id} brings SQL that this release does not have (${names}), and nothing proves that it is ours; nothing was changed. Restore it with the release that took it.`,
    );
  }
  chosen.notes.push(
    `This release does not have ${names}: the SQL comes from the backup, signed by the key ${manifest.signature?.key}.`,
  );
  return chosen;
}

export interface Rights {
  role: string;
  superuser: boolean;
}

/** The rights of whoever is signed in. */
export async function readRights(client: pg.ClientBase): Promise<Rights> {
  const { rows } = await client.query<Rights>(
    "SELECT current_user AS role, current_setting('is_superuser') = 'on' AS superuser",
  );
  return rows[0] as Rights; // the query has no FROM
}

/** @throws RestoreRefusedError where SQL that comes with a backup could read files or start programs */
export function assertHarmless(
  { role, superuser }: Rights,
  { foreign }: Pick<ChosenMigrations, 'foreign'>,
): void {
  if (!superuser || foreign.length === 0) return;
  throw new RestoreRefusedError(
    `${role} is a superuser of PostgreSQL, as whom no SQL of a backup is run (${foreign.join(', ')}); nothing was changed. Name a role without these rights in DATABASE_URL.`,
  );
}
