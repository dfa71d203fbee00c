export { confirmLoss, confirmWord } from './confirm.ts';
export { type ExitCode, exitCodeHelp, exitCodes } from './exit.codes.ts';
export { OperatorError, type OperatorErrorOptions, UsageError } from './operator.error.ts';
export type { Progress, Reporter } from './reporter.ts';
export { printError, printResult } from './result.print.ts';
export { TerminalReporter } from './terminal.reporter.ts';
export { formatAge, formatDuration, formatMegabytes, formatMinute } from './text.format.ts';
export { type Column, renderTable } from './text.table.ts';
export { type WaitOptions, waitUntil } from './wait.ts';
