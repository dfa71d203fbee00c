import { printResult } from '@gospelib/cli-kit';
import { applicationOf, follow, planHotfix, startHotfix } from '@gospelib/delivery';
import { environmentKube } from '../ship/environment.kube.ts';
import { recorded } from '../ship/operation.record.ts';
import type { ChangeOptions, Verb } from '../verb.ts';

/** A branch from what production runs. */
const hotfixStart: Verb = (hotfix, run) =>
  hotfix
    .command('start')
    .description('make the branch hotfix/<name> from what production runs')
    .argument('<name>', 'words in lower case, joined by hyphens')
    .option('--dry-run', 'say from what it would start')
    .option('--json', 'as JSON')
    .action(
      run(async (context, name: string, options: ChangeOptions) => {
        const { root } = context.config;
        const plan = await planHotfix(root, name);
        if (options.dryRun !== true) {
          await recorded(
            context,
            {
              environment: 'production',
              verb: 'hotfix start',
              why: context.why,
              what: `${plan.branch} from ${plan.tag}`,
            },
            async () => {
              await startHotfix(root, plan);
              return { result: 'pushed', value: undefined };
            },
          );
        }
        printResult(options.json, { ...plan, dryRun: options.dryRun === true }, () =>
          [
            `${plan.branch} starts from ${plan.tag}.`,
            `Next: git fetch && git switch ${plan.branch}, fix, push. When it is built: \`./gl --env staging hotfix bake ${name}\`.`,
          ].join('\n'),
        );
        return 0;
      }),
    );

/** Staging runs a hotfix, or its own branch again. */
function staging(name: 'bake' | 'end', what: string, branchOf: (name: string) => string): Verb {
  return (hotfix, run) => {
    const command = hotfix.command(name).description(what);
    if (name === 'bake') command.argument('<name>', 'of the hotfix');
    command
      .option('--dry-run', 'say what staging would follow')
      .option('--json', 'as JSON')
      .action(
        run(async (context, ...words: unknown[]) => {
          const [first] = words;
          const branch = branchOf(typeof first === 'string' ? first : '');
          const { dryRun, json } = words.at(name === 'bake' ? 1 : 0) as ChangeOptions;
          if (dryRun !== true) {
            const { argocd } = environmentKube(context, 'staging');
            await recorded(
              context,
              { environment: 'staging', verb: `hotfix ${name}`, why: context.why, what: branch },
              async () => {
                await follow(argocd, applicationOf('staging'), branch);
                return { result: 'followed', value: undefined };
              },
            );
          }
          printResult(
            json,
            { branch, dryRun: dryRun === true },
            () => `staging follows ${branch}.`,
          );
          return 0;
        }),
      );
  };
}

export const hotfixVerbs: readonly Verb[] = [
  hotfixStart,
  staging(
    'bake',
    'have staging follow hotfix/<name> until it has baked',
    (name) => `hotfix/${name}`,
  ),
  staging('end', 'have staging follow its own branch again', () => 'stage'),
];
