import { printResult, UsageError } from '@gospelib/cli-kit';
import { type ChangeOptions, say, type Verb } from '../verb.ts';

interface DestroyOptions extends ChangeOptions {
  acceptDataLoss?: boolean;
  confirm?: string;
}

/** Destroys an environment. Production refuses by itself: its database, cluster and load balancer are protected. */
export const infraDestroy: Verb = (infra, run) =>
  infra
    .command('destroy')
    .description('destroy an environment, all that it holds included')
    .argument('<environment>', 'a folder of infra/terraform/environments')
    .option('--accept-data-loss', 'all that the plan names may be lost')
    .option('--confirm <name>', 'the environment’s name: for scripts, which nobody can ask')
    .option('--dry-run', 'plan only')
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config: { root, env } }, name: string, options: DestroyOptions) => {
        if (name === 'bootstrap') {
          throw new UsageError(
            'bootstrap holds the state of all others and is not destroyed by this command.',
          );
        }
        const { changeInfra, findInfra, planChange, renderPlan } = await import('@gospelib/cloud');
        const found = findInfra(root, name);
        const common = { root, env, say, args: ['-destroy'] };
        const { explained } = await (options.dryRun === true
          ? planChange(found, common)
          : changeInfra(found, {
              ...common,
              acceptLoss: [],
              acceptAll: options.acceptDataLoss === true,
              confirmed: options.confirm,
            }));
        printResult(
          options.json,
          { environment: name, destroyed: options.dryRun !== true, ...explained },
          () => (options.dryRun === true ? renderPlan(explained) : `${name} is destroyed.`),
        );
        return 0;
      }),
    );
