import type { Operation } from '@gospelib/delivery';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { buildProgram } from './program.ts';
import { changesSomething, runVerbs } from './verb.run.ts';
import type { Context } from './verb.ts';

/** Every verb below a command, by the words that call it. */
function verbsOf(command: Command, words: readonly string[] = []): [string, Command][] {
  return command.commands.flatMap((one): [string, Command][] => {
    const own = [...words, one.name()];
    return one.commands.length > 0 ? verbsOf(one, own) : [[own.join(' '), one]];
  });
}

/** They change this machine, a registry or Sentry, and no environment. */
const ofThisMachine = [
  ...['down', 'up', 'observe down', 'observe up', 'observe sourcemaps'],
  ...['images build', 'images push'],
];
/** They write down themselves what they did: the lane of shipping looks for each. `bake observe` is a record. */
const byThemselves = [
  ...[
    'bake observe',
    'hotfix bake',
    'hotfix end',
    'hotfix start',
    'promote',
    'release',
    'rollback',
    'ship',
  ],
];

test('what each verb does to an environment is written down, also when it fails', async () => {
  const program = await buildProgram(['completion'], () => {});
  const changing = verbsOf(program).filter(
    ([, verb]) => verb.name() === 'recover' || changesSomething(verb),
  );
  const logged: string[] = [];
  for (const [name, verb] of changing) {
    if (name === 'recover') verb.setOptionValue('execute', true);
    verb.args = ['staging'];
    const context = {
      environment: { name: 'staging' },
      config: { root: '/nonexistent', env: { GITHUB_ACTOR: 'ann' } },
      isCluster: !ofThisMachine.includes(name),
      why: 'tried',
      confirmChange: async () => {},
      log: async (entry: Operation) =>
        void logged.push(`${name}: ${JSON.stringify({ ...entry, at: '' })}`),
    } as unknown as Context;
    const run = runVerbs(
      () => context,
      () => {},
    );
    await run(async (_context, _command: Command) => 0)(verb);
    const failing = run(async (_context, _command: Command) => {
      throw new Error('it broke');
    });
    await expect(failing(verb)).rejects.toThrow('it broke');
  }
  const written = logged.map((line) => line.replace(/: .*/, ''));
  const expected = changing
    .map(([name]) => name)
    .filter((name) => ![...ofThisMachine, ...byThemselves].includes(name));
  expect(expected.length).toBeGreaterThan(15);
  expect(written).toEqual(expected.flatMap((name) => [name, name]));
  expect(logged.find((line) => line.startsWith('keys rotate'))).toBe(
    'keys rotate: {"at":"","who":"ann","environment":"staging","verb":"keys rotate","why":"tried","what":"staging","result":"ended with 0"}',
  );
  expect(logged.filter((line) => line.includes('failed: it broke'))).toHaveLength(expected.length);
});

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
    'infra rebuild',
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
