import { printResult } from '@gospelib/cli-kit';
import { type PrintOptions, say, type Verb } from '../verb.ts';

/** Says what an apply would do, what it would lose first. */
export const infraPlan: Verb = (infra, run) =>
  infra
    .command('plan')
    .description('what an apply would do, in sentences: what would be lost or replaced first')
    .argument('<environment>', 'a folder of infra/terraform/environments')
    .option('--json', 'the result as JSON')
    .action(
      run(async ({ config: { root, env } }, name: string, { json }: PrintOptions) => {
        const { breaches, findInfra, monthlyDifference, planChange, renderPlan } = await import(
          '@gospelib/cloud'
        );
        const found = findInfra(root, name);
        const { plan, explained } = await planChange(found, { root, env, say });
        const broken = breaches(plan, name);
        const monthly = monthlyDifference(root, name, plan);
        printResult(json, { environment: name, ...explained, broken, monthly }, () =>
          [
            renderPlan(explained),
            ...broken.map((each) => `Broken rule: ${each}`),
            monthly.says,
          ].join('\n'),
        );
        return broken.length === 0 ? 0 : 1;
      }),
    );
