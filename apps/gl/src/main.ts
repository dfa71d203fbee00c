import { StoreError } from '@gospelib/stores';
import { CommanderError } from 'commander';
import colors from 'picocolors';
import { buildProgram } from './program.ts';
import { UsageError } from './usage.error.ts';

/** The one place that exits: 0 done, 1 failed, 2 wrong use. */
try {
  await buildProgram((code) => process.exit(code)).parseAsync();
} catch (error) {
  process.exit(exitCode(error));
}

function exitCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // it has said so itself
  const expected = error instanceof UsageError || error instanceof StoreError;
  const text = expected ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${colors.red('gl:')} ${text}\n`);
  return error instanceof UsageError ? 2 : 1;
}
