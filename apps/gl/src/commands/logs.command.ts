import { join } from 'node:path';
import { UsageError } from '@gospelib/cli-kit';
import colors from 'picocolors';
import { type Config, logFolder } from '../config.ts';
import { Tail } from '../output/tail.ts';
import { partNames } from '../ports.ts';

export interface LogsOptions {
  follow?: boolean;
  lines: number;
}

const names = [...partNames, 'ingest', 'gl'];

/** Prints the last lines of one log, or of all, each with its name; `follow` goes on with new ones. */
export async function logs(
  config: Config,
  name: string | undefined,
  options: LogsOptions,
): Promise<number> {
  if (name !== undefined && !names.includes(name)) {
    throw new UsageError(`There is no log of ${name}; there are ${names.join(', ')}.`);
  }
  const wanted = name === undefined ? names : [name];
  const width = Math.max(...wanted.map((each) => each.length));
  const tails = wanted.map((each) => {
    const label = wanted.length > 1 ? `${colors.dim(each.padEnd(width))} ` : '';
    return new Tail(join(logFolder(config), `${each}.log`), (line) => console.log(label + line));
  });
  for (const tail of tails) tail.printLast(options.lines);
  if (options.follow !== true) return 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      for (const tail of tails) tail.printNew();
    }, 200);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        clearInterval(timer);
        resolve(0);
      });
    }
  });
}
