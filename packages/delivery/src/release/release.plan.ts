import type { Kube } from '../argocd/kube.port.ts';
import { kubectlBakeCluster } from '../bake/bake.cluster.ts';
import { readBakeRecord } from '../bake/bake.store.ts';
import { type BakeRules, judgeBake } from '../bake/bake.verdict.ts';
import { releaseSets } from '../bake/release.set.ts';
import { type HotfixReason, type ReleaseFacts, releaseRefusals } from '../gates/release.gates.ts';
import { fetchBranch } from '../git/branch.commit.ts';
import { askGit, git } from '../git/git.run.ts';
import { forgottenFixes } from '../hotfix/back.merge.ts';
import { migrationsBetween } from '../rollback/migration.return.ts';
import { changesBetween, type ImageChange, type ImageSet, unreleased } from '../ship/image.set.ts';
import { imageSetAt, PRODUCTION_BRANCH, productionReleases } from './promotion.commit.ts';
import { releaseNotes, subjectsBetween } from './release.notes.ts';

/** What decides about a release and is asked of others. */
export interface ReleaseChecks {
  /** Argo CD of staging: what baked. */
  argocd: Kube;
  bake: BakeRules;
  /** Whether CI succeeded for a commit; undefined: it cannot be asked. */
  isCiGreen(commit: string): Promise<boolean | undefined>;
  /** Of these references, those without a signature that counts. */
  unsigned(references: readonly string[]): Promise<readonly string[]>;
}

export interface ReleaseWish {
  /** `release/v1.2.3` */
  tag: string;
  /** Undefined: what staging’s branch has. */
  commit: string | undefined;
  /** The branch that staging follows, or that of a hotfix. */
  branch: string;
  hotfix: HotfixReason | undefined;
  /** The release is there already and is verified again: its tag is no hindrance. */
  isTagged: boolean;
}

export interface ReleasePlan {
  tag: string;
  commit: string;
  /** Why it must not be; none: it may. */
  refusals: readonly string[];
  changes: readonly ImageChange[];
  /** `study 0005_what` */
  migrations: readonly string[];
  /** The way back: the release of now; undefined: there is none. */
  wayBack: string | undefined;
  notes: string;
  bakedSince: string | undefined;
}

/** Looks at everything that decides about a release; changes nothing. @throws OperatorError when git is away */
export async function planRelease(
  root: string,
  wish: ReleaseWish,
  checks: ReleaseChecks,
): Promise<ReleasePlan> {
  await git(root, ['fetch', '--quiet', '--tags', '--no-write-fetch-head', 'origin']);
  const [branchHead, production] = await Promise.all([
    fetchBranch(root, wish.branch),
    fetchBranch(root, PRODUCTION_BRANCH),
  ]);
  const commit = wish.commit ?? branchHead ?? '';
  const releases = production === undefined ? [] : await productionReleases(root, production);
  const [current] = releases;
  const images = await imageSetAt(root, commit, 'staging');
  const before: ImageSet =
    current === undefined ? {} : await imageSetAt(root, current.revision, 'production');
  const returns =
    current === undefined ? [] : await migrationsBetween(root, current.commit, commit);
  const migrations = returns.flatMap(({ schema, migrations: own }) =>
    own.map(({ name }) => `${schema} ${name}`),
  );
  const facts: ReleaseFacts = {
    tag: wish.tag,
    isTagTaken:
      !wish.isTagged &&
      (await askGit(root, ['rev-parse', '--verify', '--quiet', `refs/tags/${wish.tag}`])) !==
        undefined,
    changedFiles: await changedFiles(root),
    isOnBranch: branchHead !== undefined && (await isAncestor(root, commit, branchHead)),
    bake: await bakeOf(root, commit, checks),
    isCiGreen: await checks.isCiGreen(await sourceOf(root, commit)),
    unsigned: await checks.unsigned(
      Object.values(images).map(({ repository, digest }) => `${repository}@${digest}`),
    ),
    unreleased: unreleased(images),
    migrations,
    ...(current === undefined
      ? { notMergedBack: [], notOnMain: [] }
      : await forgottenFixes(root, commit, current)),
    hotfix: wish.hotfix,
  };
  return {
    tag: wish.tag,
    commit,
    refusals: releaseRefusals(facts),
    changes: changesBetween(before, images),
    migrations,
    wayBack: current?.tag,
    notes: releaseNotes(wish.tag, await subjectsBetween(root, current?.commit, commit)),
    bakedSince: facts.bake.since,
  };
}

/** The last commit that changed anything else than digests: the one that CI looked at. */
export function sourceOf(root: string, commit: string): Promise<string> {
  const but = ':(exclude,glob)infra/k8s/overlays/*/images/**';
  return git(root, ['rev-list', '--max-count=1', commit, '--', '.', but]);
}

async function bakeOf(root: string, commit: string, { argocd, bake }: ReleaseChecks) {
  const record = await readBakeRecord(kubectlBakeCluster(argocd), 'staging');
  const revisions = record.stretches.map(({ revision }) => revision);
  const setOf = await releaseSets(root, [...revisions, commit], 'staging');
  return judgeBake(record, commit, setOf, new Date(), bake);
}

async function changedFiles(root: string): Promise<readonly string[]> {
  const text = await git(root, ['status', '--porcelain', '--untracked-files=no']);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => line.slice(3));
}

async function isAncestor(root: string, ancestor: string, of: string): Promise<boolean> {
  return (await askGit(root, ['merge-base', '--is-ancestor', ancestor, of])) !== undefined;
}
