import { printResult } from '@gospelib/cli-kit';
import { type ChangeOptions, say, type Verb } from '../verb.ts';

interface ApplyOptions extends ChangeOptions {
  acceptLoss: string[];
  replace: string[];
  confirm?: string;
}

const collect = (value: string, before: string[]) => [...before, value];

/** Makes what the configuration says; what would be lost has to be named. */
export const infraApply: Verb = (infra, run) =>
  infra
    .command('apply')
    .description('make an environment what its configuration says, after a plan that is told first')
    .argument('<environment>', 'a folder of infra/terraform/environments')
    .option(
      '--accept-loss <address>',
      'what may be lost, by its address; for each anew',
      collect,
      [],
    )
    .option('--replace <address>', 'make this one anew, although nothing changed', collect, [])
    .option('--confirm <name>', 'the environment’s name: for scripts, which nobody can ask')
    .option('--dry-run', 'plan only')
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config: { root, env } }, name: string, options: ApplyOptions) => {
        const { changeInfra, findInfra, planChange, renderPlan } = await import('@gospelib/cloud');
        const found = findInfra(root, name);
        const args = options.replace.map((address) => `-replace=${address}`);
        const { explained } = await (options.dryRun === true
          ? planChange(found, { root, env, args, say })
          : changeInfra(found, {
              root,
              env,
              args,
              say,
              acceptLoss: options.acceptLoss,
              confirmed: options.confirm,
            }));
        printResult(
          options.json,
          { environment: name, applied: options.dryRun !== true, ...explained },
          () =>
            options.dryRun === true
              ? renderPlan(explained)
              : `${name} is what its configuration says.`,
        );
        return 0;
      }),
    );
