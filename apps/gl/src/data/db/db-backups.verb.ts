import type { BackupManifest } from '@gospelib/backup';
import { databaseBackupContent } from '@gospelib/database';
import type { PrintOptions, Verb } from '../../verb.ts';
import { listBackups } from '../backup.list.ts';

/** Shows the backups of the database. Exit code 3 when one is damaged. */
export const dbBackups: Verb = (db, run) =>
  db
    .command('backups')
    .description('show the backups that there are; exit code 3 when one is damaged')
    .option('--json', 'as JSON')
    .action(
      run(({ environment }, { json }: PrintOptions) =>
        listBackups(environment, 'database', json, describeBackup),
      ),
    );

/** What is in a backup, in a few words. */
export function describeBackup({ content }: BackupManifest): string {
  const known = databaseBackupContent.safeParse(content);
  if (!known.success) return 'of another format';
  const schemas = known.data.schemas.map(
    ({ schema, migrations }) => `${schema} ${migrations.at(-1)?.name.slice(0, 4) ?? '0'}`,
  );
  return `${known.data.rows.toLocaleString('en')} rows, ${schemas.join(', ')}`;
}
