import { exitCodes, printResult } from '@gospelib/cli-kit';
import type { RollbackPlan } from '@gospelib/delivery';
import { environmentKube } from '../ship/environment.kube.ts';
import { type ChangeOptions, say, type Verb } from '../verb.ts';
import { goBack } from './go.back.ts';

interface RollbackOptions extends ChangeOptions {
  to?: string;
  keepMigrations?: boolean;
  acceptDataLoss?: boolean;
}

/** Brings an earlier release back: at once in the cluster, for good in git. */
export const rollback: Verb = (program, run) =>
  program
    .command('rollback')
    .description('bring the release before back: at once in the cluster, for good in git')
    .option('--to <tag>', 'an earlier one: release/v1.1.0, or v1.1.0')
    .option(
      '--keep-migrations',
      'bring the code back alone; an older release runs on a newer schema',
    )
    .option('--accept-data-loss', 'lose what migrations say that going back loses')
    .option('--dry-run', 'say what would be done')
    .option('--json', 'as JSON')
    .action(
      run(async (context, options: RollbackOptions) => {
        const { planRollback } = await import('@gospelib/delivery');
        const { root } = context.config;
        const kube = environmentKube(context);
        const plan = await planRollback(root, kube, {
          to: options.to,
          keepMigrations: options.keepMigrations === true,
          acceptDataLoss: options.acceptDataLoss === true,
        });
        if (options.dryRun === true) {
          printResult(options.json, { ...plan, dryRun: true }, () => render(plan));
          return exitCodes.well;
        }
        say(render(plan));
        const done = await goBack(context, kube, plan, context.why);
        printResult(options.json, { ...plan, ...done }, () =>
          done.unfinished === undefined
            ? `${plan.to.tag} runs again after ${done.clusterSeconds} s, and stands in git after ${done.gitSeconds} s.`
            : [
                `${plan.to.tag} runs again after ${done.clusterSeconds} s. Not ended yet: ${done.unfinished}`,
                done.commit === undefined
                  ? 'Argo CD stays paused until git has it. Run the same command again to end it.'
                  : 'It stands in git, and Argo CD follows. `./gl --env production recover --only release` tells when all is well.',
              ].join('\n'),
        );
        return done.unfinished === undefined ? exitCodes.well : exitCodes.repairable;
      }),
    );

function render({ from, to, changes, migrations, gitAway }: RollbackPlan): string {
  return [
    `From ${from.tag} to ${to.tag}.`,
    ...migrations.flatMap(({ schema, migrations: own }) =>
      own.map(
        ({ name, loses }) =>
          `  ${schema}: ${name} is taken back${loses ? `, which loses ${loses}` : ''}`,
      ),
    ),
    ...changes.map(
      ({ name, from: old, to: next }) => `  ${name}  ${old.slice(7, 19)} → ${next.slice(7, 19)}`,
    ),
    ...(gitAway === undefined ? [] : [`  git is away: the cluster goes back now. ${gitAway}`]),
  ].join('\n');
}
