import { UsageError } from '@gospelib/cli-kit';
import type { Command } from 'commander';
import type { Context, Run } from './verb.ts';

/** How verbs run: those that change something ask before it where the environment wants it. */
export function runVerbs(choose: () => Context, finish: (code: number) => void): Run {
  return (work) =>
    async (...args) => {
      const context = choose();
      // Commander's last argument is the command itself.
      if (changesSomething(args.at(-1) as Command)) await context.confirmChange();
      finish(await work(context, ...args));
    };
}

/** The same for verbs about this machine alone. @throws UsageError for a cluster */
export function runHere(choose: () => Context, finish: (code: number) => void): Run {
  return runVerbs(() => {
    const context = choose();
    if (!context.isCluster) return context;
    const { name } = context.environment;
    throw new UsageError(
      `This verb is about this machine; ${name} is a cluster.`,
      `Without --env ${name} it does its work here.`,
    );
  }, finish);
}

/** Whatever changes something can be tried with --dry-run, or changes nothing without --execute. */
export function changesSomething(command: Command): boolean {
  const has = (long: string) => command.options.some((option) => option.long === long);
  const { dryRun, execute } = command.opts<{ dryRun?: boolean; execute?: boolean }>();
  return (has('--dry-run') && dryRun !== true) || (has('--execute') && execute === true);
}
