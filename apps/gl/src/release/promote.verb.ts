import { exitCodes, OperatorError, printResult, UsageError } from '@gospelib/cli-kit';
import { environmentKube } from '../ship/environment.kube.ts';
import { recorded } from '../ship/operation.record.ts';
import { type ChangeOptions, type Context, parseCount, say, type Verb } from '../verb.ts';
import { goBack } from './go.back.ts';
import { releaseChecks } from './release.checks.ts';
import { refuse, renderRelease } from './release.verb.ts';

const SYNC_MS = 600_000;

interface PromoteOptions extends ChangeOptions {
  watch: number;
}

/** Brings a tagged release to production: what the workflow calls once somebody has agreed. */
export const promote: Verb = (program, run) =>
  program
    .command('promote')
    .description(
      'bring a tagged release to production: verify again, wait for Argo CD, read as readers do',
    )
    .argument('<tag>', 'release/v1.2.3')
    .option('--watch <seconds>', 'how long it is watched afterwards', parseCount, 300)
    .option('--dry-run', 'say what would be brought there, and what is in the way')
    .option('--json', 'as JSON')
    .action(
      run(async (context, tag: string, options: PromoteOptions) => {
        const delivery = await import('@gospelib/delivery');
        const { root, env } = context.config;
        if (context.environment.name !== 'production') {
          throw new UsageError('A release is brought to production: --env production.');
        }
        const { branch, hotfix } = await delivery.readTag(root, tag);
        const { argocd } = environmentKube(context, 'staging');
        const commit = await delivery.commitOfTag(root, tag);
        const plan = await delivery.planRelease(
          root,
          { tag, commit, branch, hotfix, isTagged: true },
          releaseChecks(context, argocd, hotfix !== undefined),
        );
        if (options.dryRun === true) {
          printResult(options.json, { ...plan, dryRun: true }, () => renderRelease(plan));
          return plan.refusals.length === 0 ? exitCodes.well : exitCodes.refused;
        }
        refuse(plan);
        const runId = env.GITHUB_RUN_ID;
        if (!runId)
          throw new UsageError(
            'Only a workflow that somebody agreed to brings a release to production: GITHUB_RUN_ID is not set.',
          );
        const facts = await delivery.readApproval(delivery.githubAccess(env), 'production', runId);
        const { by, isOwn, comment } = delivery.judgeApproval(facts, 'production', commit);
        const approvedBy = isOwn ? `${by} (who asked for it)` : by;
        const look = await openProbe(context);
        const revision = await recorded(
          context,
          {
            environment: 'production',
            verb: 'promote',
            why: `agreed to by ${approvedBy}: ${comment}`,
            what: `${tag} of ${commit}`,
          },
          async () => {
            const { commit: value } = await delivery.promote(root, { tag, commit, approvedBy });
            const isServed = plan.wayBack !== undefined;
            await settle(context, { tag, commit: value, isServed, look }, options.watch);
            return { result: `commit ${value}, synced, healthy, read`, value };
          },
        );
        printResult(
          options.json,
          { ...plan, revision, approvedBy },
          () => `${tag} is in production.`,
        );
        return exitCodes.well;
      }),
    );

/** What tells of a release: readers, a person who writes, and the error budgets where there is a Prometheus. */
async function openProbe(context: Context): Promise<() => Promise<string | undefined>> {
  const delivery = await import('@gospelib/delivery');
  const { env } = context.config;
  const { origin } = environmentKube(context);
  const { GOSPELIB_PROMETHEUS: prometheus } = env;
  return delivery.openReleaseProbe({
    read: () => delivery.readAsReader(origin),
    write: () => delivery.writeAsReader(origin, env),
    burnt: prometheus ? () => delivery.findBurntBudget(prometheus) : undefined,
  });
}

interface Released {
  tag: string;
  commit: string;
  /** Whether readers were served before. */
  isServed: boolean;
  look(): Promise<string | undefined>;
}

/** Watches it as Argo CD and as people; what fails is taken back at once. @throws OperatorError when it had to be */
async function settle(
  context: Context,
  { tag, commit, isServed, look }: Released,
  watch: number,
): Promise<void> {
  const { applicationOf, planRollback, refresh, stateOf, watchRelease } = await import(
    '@gospelib/delivery'
  );
  const { root } = context.config;
  const kube = environmentKube(context);
  await refresh(kube.argocd, applicationOf(kube.name));
  const signs = { look, state: () => stateOf(kube, commit) };
  const how = { arriveMs: SYNC_MS, watchMs: watch * 1000, everyMs: 1000, tolerated: 2 };
  const fault = await watchRelease(signs, { ...how, isServed });
  if (fault === undefined) return;
  say(`${tag} has to go: ${fault}`);
  // Code alone: an older release runs on a newer schema, and nobody is there who could accept a loss.
  const wish = { to: undefined, keepMigrations: true, acceptDataLoss: false };
  const back = await takeBack().catch((cause: Error) => {
    throw new OperatorError(`${tag} does not work: ${fault}`, undefined, {
      cause,
      meaning: `It could not be taken back: ${cause.message}`,
    });
  });
  throw new OperatorError(
    `${tag} was taken back after ${back.clusterSeconds} s: ${fault}`,
    back.unfinished === undefined
      ? undefined
      : `Not ended: ${back.unfinished}. \`./gl --env production rollback\` ends it.`,
    { meaning: `Production runs ${back.tag}.` },
  );

  async function takeBack() {
    const plan = await planRollback(root, kube, wish);
    return { tag: plan.to.tag, ...(await goBack(context, kube, plan, fault ?? '')) };
  }
}
