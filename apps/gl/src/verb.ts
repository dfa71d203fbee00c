import type { Operation } from '@gospelib/delivery';
import type { Environment } from '@gospelib/environment';
import type { LocalConfig } from '@gospelib/supervisor';
import { type Command, InvalidArgumentError } from 'commander';

/** What a verb works with. */
export interface Context {
  /** Where it works: `--env`. */
  environment: Environment;
  /** This machine: for verbs that are about it alone. */
  config: LocalConfig;
  /** Whether `environment` is a cluster: it runs what this machine would start and build itself. */
  isCluster: boolean;
  /** Why, as whoever calls says (`--why`): for the record. */
  why: string;
  /** Writes down what was done to an environment; keeps it on this machine while git is away. */
  log(entry: Operation): Promise<void>;
  /** Asks before a change where the environment wants it. @throws OperatorError (refused) when nobody agrees */
  confirmChange(): Promise<void>;
}

/** Makes an action of commander from the work of a verb, which resolves with its exit code. */
export type Run = <A extends unknown[]>(
  work: (context: Context, ...args: A) => Promise<number>,
) => (...args: A) => Promise<void>;

/** Adds one verb to the command line, or to the group it belongs to. What it needs beyond this it imports when it runs. */
export type Verb = (parent: Command, run: Run) => void;

export interface PrintOptions {
  json?: boolean;
}

export interface ChangeOptions extends PrintOptions {
  dryRun?: boolean;
}

/** For options that take a number. */
export function parseCount(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('a whole number');
  return Number(text);
}

/** What happens on the way is for people: standard output has the result alone. */
export function say(line: string): void {
  console.error(line);
}

/** A verb whose flags belong to another program. */
export function passThrough(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments();
}
