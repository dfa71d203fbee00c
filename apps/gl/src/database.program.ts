import type { Command } from 'commander';
import type { DatabaseOptions, RollbackOptions } from './commands/db.command.ts';
import { parseCount, type Run } from './program.run.ts';

/** PostgreSQL: what people made. Migrations and backups. */
export function addDatabaseCommands(program: Command, run: Run): void {
  const db = program
    .command('db')
    .description('look after PostgreSQL: migrations, backups of what people made');
  const commands = () => import('./commands/db.command.ts');

  db.command('status')
    .description('show which migrations are applied, pending, or of another release')
    .option('--service <name>', 'only the schema of this service')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: DatabaseOptions) => (await commands()).dbStatus(config, options)),
    );

  db.command('migrate')
    .description('apply what is pending')
    .option('--service <name>', 'only the schema of this service')
    .option('--dry-run', 'say what would be applied')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: DatabaseOptions) =>
        (await commands()).dbMigrate(config, options),
      ),
    );

  db.command('rollback')
    .description('take migrations back, the newest first; says beforehand which data that loses')
    .option('--to <migration>', 'the one to stand at then: its name, its number, or 0')
    .option('--steps <n>', 'so many back', parseCount)
    .option('--service <name>', 'the schema of this service')
    .option('--accept-data-loss', 'lose what it says without asking')
    .option('--dry-run', 'say what would be taken back and lost')
    .option('--json', 'as JSON')
    .action(
      run(async (config, options: RollbackOptions) =>
        (await commands()).dbRollback(config, options),
      ),
    );
}
