import { OperatorError } from '@gospelib/cli-kit';
import {
  answersInTime,
  applicationOf,
  pause,
  readApplication,
  resume,
  waitForCommit,
} from '../argocd/application.client.ts';
import type { EnvironmentKube } from '../argocd/kube.port.ts';
import { commitToBranch, fetchBranch } from '../git/branch.commit.ts';
import { git } from '../git/git.run.ts';
import { PRODUCTION_BRANCH } from '../release/promotion.commit.ts';
import { assertPlaced, placeImages } from './image.placement.ts';
import { takeBack } from './migration.return.ts';
import type { RollbackPlan } from './rollback.plan.ts';

export interface RollbackTimes {
  /** How long until the earlier images answered in the cluster. */
  clusterSeconds: number;
  /** How long until git had them and Argo CD was at work again; undefined: git is away. */
  gitSeconds: number | undefined;
}

export interface RollbackResult extends RollbackTimes {
  changed: readonly string[];
  /** The commit on production's branch; undefined: not there yet. */
  commit: string | undefined;
  /** Why it has to be ended later; undefined: it is ended. */
  unfinished: string | undefined;
}

export interface RollbackOptions {
  say(line: string): void;
  rollOutSeconds: number;
  /** How long Argo CD may take to find that cluster and git are one again. */
  settleMs: number;
}

/**
 * Goes back as planned: at once in the cluster, then for good in git. While git is away Argo CD stays paused, and the
 * same command ends it later. @throws OperatorError
 */
export async function runRollback(
  root: string,
  { name, argocd, platform }: EnvironmentKube,
  plan: RollbackPlan,
  { say, rollOutSeconds, settleMs }: RollbackOptions,
): Promise<RollbackResult> {
  const start = performance.now();
  const since = () => Math.round((performance.now() - start) / 100) / 10;
  const application = applicationOf(name);
  say('Argo CD is paused: nothing of git reaches the cluster.');
  if (!(await pause(argocd, application))) {
    say('The sync under way is to end once Argo CD goes on; whether it undoes this is looked at.');
  }
  for (const migration of plan.migrations) {
    say(`${migration.schema} goes back to ${migration.to}.`);
    await takeBack(platform, migration, plan.acceptDataLoss);
  }
  say(`The images of ${plan.to.tag} are put in place.`);
  const changed = await placeImages(platform, plan.images, rollOutSeconds);
  // A sync that was decided on before the pause may have begun after it was looked for.
  if ((await readApplication(argocd, application)).isSyncing) await pause(argocd, application);
  await placeImages(platform, plan.images, rollOutSeconds);
  await assertPlaced(platform, plan.images);
  const clusterSeconds = since();
  say(`The cluster runs ${plan.to.tag} after ${clusterSeconds} s.`);
  try {
    const commit = await revertInGit(root, plan);
    await resume(argocd, application);
    if (!(await answersInTime(argocd, application))) {
      const unfinished =
        'git has it; Argo CD does not answer, and brings nothing else once it does';
      return { changed, commit, clusterSeconds, gitSeconds: since(), unfinished };
    }
    const { arrived, sync, health, complaint } = await waitForCommit(
      argocd,
      application,
      commit,
      settleMs,
    );
    const state = `${sync}, ${health}${complaint === undefined ? '' : `: ${complaint}`}`;
    const unfinished = arrived ? undefined : `Argo CD is at work again, and says ${state}`;
    return { changed, commit, clusterSeconds, gitSeconds: since(), unfinished };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const unfinished = error.what;
    return { changed, commit: undefined, clusterSeconds, gitSeconds: undefined, unfinished };
  }
}

/** The whole tree of the earlier release, as a new commit: what came between stays in the history. */
async function revertInGit(root: string, { from, to, isInGit }: RollbackPlan): Promise<string> {
  if (isInGit) return (await fetchBranch(root, PRODUCTION_BRANCH)) ?? to.revision;
  const tree = await git(root, ['rev-parse', `${to.revision}^{tree}`]);
  const message = [
    `revert(production): ${from.tag} goes, ${to.tag} is back`,
    '',
    `Release: ${to.tag}`,
    `Commit: ${to.commit}`,
    `Approved-by: ${to.approvedBy}`,
    `Left: ${from.tag}`,
  ].join('\n');
  const { commit } = await commitToBranch(root, {
    branch: PRODUCTION_BRANCH,
    message,
    tree: async (head) => {
      if (head === from.revision) return tree;
      throw new OperatorError(
        `Production's branch went on to ${head?.slice(0, 12)} meanwhile: somebody released.`,
        'Look at what was released before you go back from it.',
      );
    },
  });
  return commit;
}
