import { exitCodes, printError, UsageError } from '@gospelib/cli-kit';
import { CommanderError } from 'commander';
import { buildProgram } from './program.ts';

/** The one place that exits; see `exitCodes` of the CLI kit. */
try {
  const program = await buildProgram(process.argv.slice(2), (code) => process.exit(code));
  await program.parseAsync();
} catch (error) {
  const json = process.argv.includes('--json');
  if (error instanceof CommanderError) {
    // Commander has said in words what is wrong with the command line; a script is told, too.
    if (error.exitCode === 0) process.exit(0);
    process.exit(
      json
        ? printError(new UsageError(error.message.replace(/^error: /, '')), json)
        : exitCodes.wrongUse,
    );
  }
  process.exit(printError(error, json));
}
