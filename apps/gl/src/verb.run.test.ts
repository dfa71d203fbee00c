import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { buildProgram } from './program.ts';
import { changesSomething } from './verb.run.ts';

/** Every verb below a command, by the words that call it. */
function verbsOf(command: Command, words: readonly string[] = []): [string, Command][] {
  return command.commands.flatMap((one): [string, Command][] => {
    const own = [...words, one.name()];
    return one.commands.length > 0 ? verbsOf(one, own) : [[own.join(' '), one]];
  });
}

test('each verb that changes an environment is one that asks where it wants to be asked', async () => {
  // All groups are loaded for the completion.
  const program = await buildProgram(['completion'], () => {});
  const verbs = verbsOf(program);
  const asking = verbs.filter(([, verb]) => changesSomething(verb)).map(([name]) => name);
  expect(asking.sort()).toEqual([
    'bake observe',
    'cluster bootstrap',
    'db backup',
    'db migrate',
    'db restore',
    'db retained drop',
    'db retained reinstate',
    'db rollback',
    'down',
    'graph activate',
    'graph backup',
    'graph password',
    'graph prune',
    'graph restore',
    'graph rollback',
    'hotfix bake',
    'hotfix end',
    'hotfix start',
    'images build',
    'images push',
    'images sign',
    'infra apply',
    'infra destroy',
    'infra state restore',
    'infra state unlock',
    'keys replace',
    'keys rotate',
    'observe down',
    'observe sourcemaps',
    'observe up',
    'promote',
    'release',
    'restart',
    'rollback',
    'ship',
    'up',
  ]);
  // The rest reads, asks by itself (ingest), or is about this machine; recover asks once it is to execute.
  const recover = verbs.find(([name]) => name === 'recover')?.[1] as Command;
  expect(changesSomething(recover)).toBe(false);
  recover.setOptionValue('execute', true);
  expect(changesSomething(recover)).toBe(true);
  const restart = verbs.find(([name]) => name === 'restart')?.[1] as Command;
  restart.setOptionValue('dryRun', true);
  expect(changesSomething(restart)).toBe(false);
});
