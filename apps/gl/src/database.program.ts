import type { Command } from 'commander';
import type { AsideOptions } from './commands/db.aside.command.ts';
import type { BackupOptions, RestoreOptions } from './commands/db.backup.command.ts';
import type { DatabaseOptions, MigrateOptions, RollbackOptions } from './commands/db.command.ts';
import { parseCount, type Run } from './program.run.ts';

/** PostgreSQL: what people made. Migrations and backups. */
export function addDatabaseCommands(program: Command, run: Run): void {
  const db = program
    .command('db')
    .description('look after PostgreSQL: migrations, backups of what people made');
  addMigrationCommands(db, run);
  addBackupCommands(db, run);
  addAsideCommands(db.command('aside').description('databases that restores kept aside'), run);
}

function addMigrationCommands(db: Command, run: Run): void {
  const commands = () => import('./commands/db.command.ts');

  db.command('status')
    .description('show which migrations are applied, pending, or of another release')
    .option('--service <name>', 'only the schema of this service')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: DatabaseOptions) => (await commands()).dbStatus(config, options)),
    );

  db.command('migrate')
    .description('apply what is pending, after a backup where there is something to lose')
    .option('--service <name>', 'only the schema of this service')
    .option('--no-backup', 'take no backup first')
    .option('--dry-run', 'say what would be applied')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: MigrateOptions) => (await commands()).dbMigrate(config, options)),
    );

  db.command('rollback')
    .description('take migrations back, the newest first; says beforehand which data that loses')
    .option('--to <migration>', 'the one to stand at then: its name, its number, or 0')
    .option('--steps <n>', 'so many back', parseCount)
    .option('--service <name>', 'the schema of this service')
    .option('--accept-data-loss', 'lose what it says without asking')
    .option('--no-backup', 'take no backup first')
    .option('--dry-run', 'say what would be taken back and lost')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: RollbackOptions) =>
        (await commands()).dbRollback(config, options),
      ),
    );
}

function addBackupCommands(db: Command, run: Run): void {
  const commands = () => import('./commands/db.backup.command.ts');

  db.command('backup')
    .description('back everything up while it is written to, and verify it by restoring it beside')
    .option('--dry-run', 'say what would be backed up, and where to')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: BackupOptions) => (await commands()).dbBackup(config, options)),
    );

  db.command('backups')
    .description('show the backups that there are')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: BackupOptions) => (await commands()).dbBackups(config, options)),
    );

  db.command('restore')
    .description(
      'put a backup in the place of the database, which is kept aside; says beforehand what that loses',
    )
    .argument('<id>', 'of a backup, or: latest')
    .option('--into <name>', 'only beside, as a database of this name')
    .option('--accept-data-loss', 'lose what it says without asking')
    .option('--dry-run', 'say what would be restored and lost')
    .option('--json', 'as JSON')
    .action(
      run(async (config, id: string, options: RestoreOptions) =>
        (await commands()).dbRestore(config, id, options),
      ),
    );
}

function addAsideCommands(aside: Command, run: Run): void {
  const commands = () => import('./commands/db.aside.command.ts');

  aside
    .command('list', { isDefault: true })
    .description('show them')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: AsideOptions) => (await commands()).dbAsideList(config, options)),
    );

  aside
    .command('drop')
    .description('drop one for good')
    .argument('<name>')
    .option('--accept-data-loss', 'without asking')
    .option('--dry-run', 'say what would be dropped')
    .option('--json', 'as JSON')
    .action(
      run(async (config, name: string, options: AsideOptions) =>
        (await commands()).dbAsideDrop(config, name, options),
      ),
    );

  aside
    .command('back')
    .description('put one in the place of the database, which is kept aside in turn')
    .argument('<name>')
    .option('--accept-data-loss', 'without asking')
    .option('--dry-run', 'say what would be done')
    .option('--json', 'as JSON')
    .action(
      run(async (config, name: string, options: AsideOptions) =>
        (await commands()).dbAsideBack(config, name, options),
      ),
    );
}
