export {
  applicationOf,
  follow,
  refresh,
} from './argocd/application.client.ts';
export type { EnvironmentKube, Kube } from './argocd/kube.port.ts';
export { kubectlBakeCluster, podBakeCluster } from './bake/bake.cluster.ts';
export { observe, readBakeRecord } from './bake/bake.store.ts';
export { type BakeVerdict, judgeBake } from './bake/bake.verdict.ts';
export { findBurntBudget } from './bake/burnt.budget.ts';
export { readAsReader } from './bake/reader.probe.ts';
export { releaseSets } from './bake/release.set.ts';
export { writeAsReader } from './bake/writer.probe.ts';
export { type Bases, makeStandInBases } from './bases/stand-in.bases.ts';
export { requireTools } from './build/docker.tools.ts';
export { type BuildPlan, build, planBuild, type Registry } from './build/image.build.ts';
export { type SurveyedImage, surveyImages } from './build/image.survey.ts';
export { knownBranch } from './git/branch.commit.ts';
export { githubAccess, hasSucceeded, lastSuccess } from './github/github.client.ts';
export { planHotfix, startHotfix } from './hotfix/hotfix.branch.ts';
export { bakePath, renderBake } from './image/bake.file.ts';
export { fixtureImages, type Image, listImages } from './image/image.list.ts';
export { affectedImages, type Revision } from './image/image.revision.ts';
export { logOperation, type Operation, whoActs } from './records/operation.log.ts';
export { findCommitsByHand } from './release/branch.guard.ts';
export { type ProductionChain, readProductionChain } from './release/production.chain.ts';
export { commitOfTag, imageSetAt, PRODUCTION_BRANCH, promote } from './release/promotion.commit.ts';
export { planRelease, type ReleaseChecks, type ReleasePlan } from './release/release.plan.ts';
export { openReleaseProbe } from './release/release.probe.ts';
export { tagRelease } from './release/release.tag.ts';
export { stateOf, watchRelease } from './release/release.watch.ts';
export { judgeApproval, readApproval } from './release/run.approval.ts';
export { readTag } from './release/tagged.release.ts';
export { lookAtRelease, type ReleaseLook } from './rollback/release.look.ts';
export { planRollback, type RollbackPlan } from './rollback/rollback.plan.ts';
export { type RollbackResult, runRollback } from './rollback/rollback.run.ts';
export { chooseBase } from './ship/affected.base.ts';
export { type Bump, planBump, pushBump } from './ship/image.bump.ts';
export type { ImageSet } from './ship/image.set.ts';
export { findUnsigned, signerOf } from './signing/image.signature.ts';
export { signImages } from './signing/image.signing.ts';
