import type { Command } from 'commander';
import type { RecoverOptions } from './commands/recover.command.ts';
import type { Run } from './program.run.ts';

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
}
