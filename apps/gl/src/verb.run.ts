import { UsageError } from '@gospelib/cli-kit';
import type { Command } from 'commander';
import { type Intent, recorded } from './ship/operation.record.ts';
import type { Context, Run } from './verb.ts';

/** What these did they write down themselves, with more than a verb’s words; a look is a record of its own. */
const ownRecords = new Set([
  ...['ship', 'release', 'promote', 'rollback', 'hotfix start', 'hotfix bake', 'hotfix end'],
  'bake observe',
]);

/** How verbs run: those that change an environment ask before it where it wants that, and are written down. */
export function runVerbs(choose: () => Context, finish: (code: number) => void): Run {
  return (work) =>
    async (...args) => {
      const context = choose();
      // Commander's last argument is the command itself.
      const command = args.at(-1) as Command;
      if (!changesSomething(command)) return finish(await work(context, ...args));
      await context.confirmChange();
      const intent = intentOf(context, command);
      finish(
        intent === undefined
          ? await work(context, ...args)
          : await recorded(context, intent, async () => {
              const value = await work(context, ...args);
              return { result: `ended with ${value}`, value };
            }),
      );
    };
}

/** What is written down of a verb that changes an environment; undefined: it changes none, or does so itself. */
function intentOf(context: Context, command: Command): Intent | undefined {
  const words = wordsOf(command);
  const verb = words.join(' ');
  if (ownRecords.has(verb)) return undefined;
  const environment = environmentOf(context, words, command);
  if (environment === undefined) return undefined;
  const options = Object.entries(command.opts()).filter(
    ([, value]) => value !== undefined && value !== false && String(value) !== '',
  );
  const what = [...command.args, ...options.map(([name, value]) => `${name}=${String(value)}`)];
  return { environment, verb, why: context.why, what: what.join(' ') || verb };
}

/** The one that is changed: that of `--env`, or for what is told of it alone, the one that is named. */
function environmentOf(
  { isCluster, environment }: Context,
  [group, verb]: readonly string[],
  command: Command,
): string | undefined {
  if (group === 'infra') return command.args[0];
  if (group === 'images' && verb === 'sign') return command.opts<{ of: string }>().of;
  return isCluster ? environment.name : undefined;
}

/** The words that call it. */
function wordsOf(command: Command): string[] {
  const { parent } = command;
  return parent === null ? [] : [...wordsOf(parent), command.name()];
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
