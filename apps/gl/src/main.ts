import { printError } from '@gospelib/cli-kit';
import { CommanderError } from 'commander';
import { buildProgram } from './program.ts';

/** The one place that exits; see `exitCodes` of the CLI kit. */
try {
  const program = await buildProgram(process.argv.slice(2), (code) => process.exit(code));
  await program.parseAsync();
} catch (error) {
  // Commander has said by itself what is wrong with the command line.
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
  process.exit(printError(error, process.argv.includes('--json')));
}
