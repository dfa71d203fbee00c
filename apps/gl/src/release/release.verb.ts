import { exitCodes, OperatorError, printResult } from '@gospelib/cli-kit';
import type { ReleasePlan } from '@gospelib/delivery';
import { environmentKube } from '../ship/environment.kube.ts';
import { recorded } from '../ship/operation.record.ts';
import { type ChangeOptions, say, type Verb } from '../verb.ts';
import { releaseChecks } from './release.checks.ts';

interface ReleaseOptions extends ChangeOptions {
  commit?: string;
  hotfix?: string;
  allowedBy?: string;
  reason?: string;
}

/** Tags what has baked, or says why it must not be. The tag starts its way to production. */
export const release: Verb = (program, run) =>
  program
    .command('release')
    .description('tag what has baked on staging: the tag starts its way to production')
    .argument('<version>', 'v1.2.3')
    .option('--commit <commit>', 'of the branch that staging follows; default: its end')
    .option('--hotfix <name>', 'from the branch hotfix/<name>, which bakes for half an hour')
    .option('--reason <text>', 'of a hotfix: why it cannot wait')
    .option('--allowed-by <name>', 'of a hotfix: who allowed the shorter bake')
    .option('--dry-run', 'say what would be released, and what is in the way')
    .option('--json', 'as JSON')
    .action(
      run(async (context, version: string, options: ReleaseOptions) => {
        const { planRelease, tagRelease } = await import('@gospelib/delivery');
        const { root } = context.config;
        const { argocd } = environmentKube(context, 'staging');
        const { hotfix: name, reason = '', allowedBy = '' } = options;
        const branch = name === undefined ? 'stage' : `hotfix/${name}`;
        const hotfix = name === undefined ? undefined : { reason, allowedBy };
        const plan = await planRelease(
          root,
          {
            tag: `release/${version}`,
            commit: options.commit,
            branch,
            hotfix,
            isTagged: false,
          },
          releaseChecks(context, argocd, hotfix !== undefined),
        );
        if (options.dryRun === true) {
          printResult(options.json, { ...plan, dryRun: true }, () => renderRelease(plan));
          return plan.refusals.length === 0 ? exitCodes.well : exitCodes.refused;
        }
        refuse(plan);
        say(renderRelease(plan));
        await recorded(
          context,
          {
            environment: 'production',
            verb: 'release',
            why: hotfix === undefined ? 'baked' : `hotfix, allowed by ${allowedBy}: ${reason}`,
            what: `${plan.tag} of ${plan.commit}`,
          },
          async () => {
            await tagRelease(root, plan, branch, hotfix);
            return { result: 'tagged', value: undefined };
          },
        );
        printResult(options.json, plan, () => `${plan.tag} is tagged and pushed.`);
        return exitCodes.well;
      }),
    );

/** @throws OperatorError (refused) with every reason */
export function refuse({ tag, refusals }: ReleasePlan): void {
  if (refusals.length === 0) return;
  throw new OperatorError(
    [`${tag} must not be released:`, ...refusals.map((why) => `- ${why}`)].join('\n'),
    undefined,
    { meaning: 'Nothing was changed.', exitCode: exitCodes.refused },
  );
}

export function renderRelease(plan: ReleasePlan): string {
  const { tag, commit, refusals, changes, migrations, wayBack, notes } = plan;
  return [
    `${tag} of ${commit.slice(0, 12)}`,
    ...refusals.map((why) => `  in the way: ${why}`),
    ...changes.map(({ name, from, to }) => `  ${name}  ${from.slice(7, 19)} → ${to.slice(7, 19)}`),
    ...migrations.map((name) => `  migration ${name}`),
    wayBack === undefined
      ? '  There is no way back: production has had no release.'
      : `  The way back: \`./gl --env production rollback\` to ${wayBack}.`,
    '',
    notes,
  ].join('\n');
}
