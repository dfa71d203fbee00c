import { InvalidArgumentError } from 'commander';
import type { Config } from './config.ts';

/** Runs a verb on the configuration, its options last. */
export type Run = <A extends unknown[]>(
  verb: (config: Config, ...args: A) => Promise<number>,
) => (...args: A) => Promise<void>;

/** For options that take a number. */
export function parseCount(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('a whole number');
  return Number(text);
}
