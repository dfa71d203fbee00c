import { logNames } from '@gospelib/supervisor';
import { parseCount, type Verb } from '../verb.ts';

interface LogsOptions {
  follow?: boolean;
  lines: number;
}

/** Prints the last lines of one log, or of all, each with its name; `--follow` goes on with new ones. */
export const logs: Verb = (program, run) =>
  program
    .command('logs')
    .description('print the last lines of a log, or of all')
    .argument('[name]', logNames().join(', '))
    .option('-f, --follow', 'go on with new lines')
    .option('-n, --lines <n>', 'how many lines of each', parseCount, 50)
    .action(
      run(async ({ environment }, name: string | undefined, { follow, lines }: LogsOptions) => {
        const ending = new AbortController();
        for (const signal of ['SIGINT', 'SIGTERM'] as const) {
          process.once(signal, () => ending.abort());
        }
        await environment.logs(name, {
          lines,
          ...(follow === true && { follow: ending.signal }),
        });
        return 0;
      }),
    );
