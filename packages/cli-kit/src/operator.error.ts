import { type ExitCode, exitCodes } from './exit.codes.ts';

export interface OperatorErrorOptions extends ErrorOptions {
  /** What follows from it, where that is not plain. */
  meaning?: string;
  exitCode?: ExitCode;
}

/**
 * A fault that is told to the operator in sentences, not as a stack: what happened, what it means, what to do.
 * Its message is all three, a line each.
 */
export class OperatorError extends Error {
  override readonly name: string = 'OperatorError';
  readonly what: string;
  readonly meaning: string | undefined;
  /** What to do about it. */
  readonly remedy: string | undefined;
  readonly exitCode: ExitCode;

  constructor(what: string, remedy?: string, options: OperatorErrorOptions = {}) {
    const { meaning, exitCode = exitCodes.failed, ...rest } = options;
    super([what, meaning, remedy].filter((line) => line !== undefined).join('\n'), rest);
    this.what = what;
    this.meaning = meaning;
    this.remedy = remedy;
    this.exitCode = exitCode;
  }
}

/** The command was used wrongly: exit code 2. */
export class UsageError extends OperatorError {
  override readonly name = 'UsageError';

  constructor(what: string, remedy?: string) {
    super(what, remedy, { exitCode: exitCodes.wrongUse });
  }
}
