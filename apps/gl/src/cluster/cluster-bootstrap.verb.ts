import { exitCodes, printResult, renderTable, UsageError } from '@gospelib/cli-kit';
import { type ChangeOptions, parseCount, say, type Verb } from '../verb.ts';

interface BootstrapOptions extends ChangeOptions {
  wait: number;
}

/** From an empty cluster to one that Argo CD looks after, itself included. */
export const clusterBootstrap: Verb = (cluster, run) =>
  cluster
    .command('bootstrap')
    .description('install Argo CD and hand over to it what infra/cluster/<environment> declares')
    .option('--wait <minutes>', 'how long the add-ons may take to become ready', parseCount, 10)
    .option('--dry-run', 'say what would be done')
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config, environment, isCluster }, options: BootstrapOptions) => {
        if (!isCluster) throw new UsageError('Which cluster? --env names it.');
        const { chooseTarget, planBootstrap } = await import('@gospelib/cluster');
        const { root, env } = config;
        const target = chooseTarget(root, env, environment.name);
        const { steps, execute } = await planBootstrap({ target, root, env, say });
        if (options.dryRun === true) {
          printResult(options.json, { environment: target.name, steps }, () =>
            steps.length === 0
              ? 'Nothing is to be done: Argo CD looks after this cluster.'
              : steps.map(({ does }, index) => `${index + 1}. ${does}`).join('\n'),
          );
          return exitCodes.well;
        }
        const applications = await execute(options.wait * 60_000);
        printResult(options.json, { environment: target.name, steps, applications }, () =>
          renderTable(
            [{ head: 'application' }, { head: 'version' }, { head: 'state' }],
            applications.map(({ name, version, state }) => [name, version, state]),
          ),
        );
        return applications.every(({ ready }) => ready) ? exitCodes.well : exitCodes.repairable;
      }),
    );
