import colors from 'picocolors';
import { exitCodes } from './exit.codes.ts';
import { OperatorError } from './operator.error.ts';

/** Of everything that is printed as JSON; it grows when a field changes its meaning or goes. */
const SCHEMA_VERSION = 1;

/** Prints a result to standard output: as JSON with a `schemaVersion`, else as `render` puts it for people. */
export function printResult<T extends object>(
  json: boolean | undefined,
  result: T,
  render: () => string,
): void {
  console.log(json === true ? toJson(result) : render());
}

/**
 * Tells of an error: with `json` as JSON on standard output, where a script reads the result, else in words on standard
 * error. What was not foreseen is told with its stack. Returns the exit code.
 */
export function printError(error: unknown, json: boolean): number {
  const foreseen = error instanceof OperatorError;
  const exitCode = foreseen ? error.exitCode : exitCodes.failed;
  if (json) {
    const what = foreseen ? error.what : error instanceof Error ? error.message : String(error);
    const { meaning, remedy } = foreseen ? error : {};
    console.log(toJson({ error: { what, meaning, remedy, exitCode } }));
  }
  if (!json || !foreseen) {
    const text = foreseen ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${colors.red('gl:')} ${text}\n`);
  }
  return exitCode;
}

function toJson(result: object): string {
  return JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...result }, null, 2);
}
