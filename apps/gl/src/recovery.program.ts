import type { Command } from 'commander';
import type { DrillOptions } from './commands/drill.command.ts';
import type { RecoverOptions } from './commands/recover.command.ts';
import { parseCount, type Run } from './program.run.ts';

/** What helps when something went wrong. */
export function addRecoveryCommands(program: Command, run: Run): void {
  program
    .command('recover')
    .description('look at everything, say what is wrong, propose what helps, and do it')
    .option('--execute', 'do what is proposed; without it nothing is changed')
    .option('--accept-data-loss', 'agree to lose what a plan says it may lose (else it asks)')
    .option('--json', 'the incident as JSON')
    .action(
      run(async (config, options: RecoverOptions) =>
        (await import('./commands/recover.command.ts')).recover(config, options),
      ),
    );

  program
    .command('drill')
    .description('break a stack of its own under readers and writers, and see it recovered')
    .argument('<names...>', 'list, all, or which: ./gl drill list')
    .option('--json', 'the results as JSON')
    .option('--keep', 'leave the stack’s folder for a look')
    .option('--notes <n>', 'fill the database with so many notes first', parseCount, 0)
    .option('--write', 'renew docs/operations by a full run')
    .action(
      run(async (config, names: string[], options: DrillOptions) =>
        (await import('./commands/drill.command.ts')).drill(config, names, options),
      ),
    );
}
