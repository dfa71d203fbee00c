import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '@gospelib/cli-kit';
import type { LogOptions } from '@gospelib/environment';
import { type Catalogue, platform, processNames } from '@gospelib/platform';
import colors from 'picocolors';
import { folders, type LocalConfig } from '../config/local.config.ts';
import { Tail } from './log.tail.ts';

const FOLLOW_MS = 200;

/** Everything that writes a log here: stores, services, jobs, and the supervisor itself. */
export function logNames(catalogue: Catalogue = platform): string[] {
  return [...processNames(catalogue), ...Object.keys(catalogue.jobs), 'gl'];
}

/** Prints the last lines of one log, or of all, each with its name; then new ones until the signal. @throws UsageError */
export async function printLogs(
  config: LocalConfig,
  name: string | undefined,
  { lines, follow }: LogOptions,
): Promise<void> {
  const names = logNames(config.catalogue);
  if (name !== undefined && !names.includes(name)) {
    throw new UsageError(`There is no log of ${name}; there are ${names.join(', ')}.`);
  }
  const wanted = name === undefined ? names : [name];
  const width = Math.max(...wanted.map((each) => each.length));
  const tails = wanted.map((each) => {
    const label = wanted.length > 1 ? `${colors.dim(each.padEnd(width))} ` : '';
    return new Tail(join(folders.logs(config), `${each}.log`), (line) => console.log(label + line));
  });
  for (const tail of tails) tail.printLast(lines);
  while (follow?.aborted === false) {
    for (const tail of tails) tail.printNew();
    await sleep(FOLLOW_MS, undefined, { signal: follow }).catch(() => undefined);
  }
}
