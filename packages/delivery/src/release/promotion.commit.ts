import { OperatorError } from '@gospelib/cli-kit';
import { commitToBranch, fileAt, type PushedCommit, treeWith } from '../git/branch.commit.ts';
import { askGit, git } from '../git/git.run.ts';
import { bumpImageSet, type ImageSet, imagesPath, readImageSet } from '../ship/image.set.ts';

/** The branch that production follows; nobody else writes to it. */
export const PRODUCTION_BRANCH = 'production';

/** What production gets. */
export interface Promotion {
  tag: string;
  /** The commit of the tag. */
  commit: string;
  approvedBy: string;
}

/** The images of an environment at a commit. @throws OperatorError where it has none */
export async function imageSetAt(
  root: string,
  commit: string,
  environment: string,
): Promise<ImageSet> {
  const path = imagesPath(environment);
  const text = await fileAt(root, commit, path);
  if (text === undefined) throw new OperatorError(`${commit} has no ${path}.`);
  return readImageSet(text, path);
}

/**
 * Puts everything of a tagged commit on production’s branch at once, with the digests that baked on staging: manifests,
 * migrations, corpus and images never move apart, and nothing is built again.
 * @throws OperatorError
 */
export async function promote(
  root: string,
  { tag, commit, approvedBy }: Promotion,
): Promise<PushedCommit> {
  const tree = await promotedTree(root, tag, commit);
  return commitToBranch(root, {
    branch: PRODUCTION_BRANCH,
    message: promotionMessage({ tag, commit, approvedBy }),
    tree: async () => tree,
  });
}

/** The files that production gets of a tagged commit: its own, with the digests of staging. @throws OperatorError */
export async function promotedTree(root: string, tag: string, commit: string): Promise<string> {
  const path = imagesPath('production');
  const text = await fileAt(root, commit, path);
  if (text === undefined) throw new OperatorError(`${tag} has no ${path}. Nothing was changed.`);
  const baked = await imageSetAt(root, commit, 'staging');
  return treeWith(root, commit, { [path]: bumpImageSet(text, baked, path) });
}

/** Of it the chain from a pod back to a commit is read again. */
function promotionMessage({ tag, commit, approvedBy }: Promotion): string {
  return `chore(production): release ${tag}\n\nRelease: ${tag}\nCommit: ${commit}\nApproved-by: ${approvedBy}`;
}

/** What production’s branch had, the newest first. */
export interface ProductionRelease {
  /** The commit on production’s branch. */
  revision: string;
  tag: string;
  commit: string;
  approvedBy: string;
  at: string;
  /** Of a return to an earlier release: the one that it left. */
  left: string | undefined;
}

/** The releases on production's branch, the newest first, returns to earlier ones among them. */
export async function productionReleases(
  root: string,
  head: string,
): Promise<readonly ProductionRelease[]> {
  const trailer = (key: string) => `%(trailers:key=${key},valueonly,separator=%x2C)`;
  const format = [
    '%H',
    '%cI',
    trailer('Release'),
    trailer('Commit'),
    trailer('Approved-by'),
    trailer('Left'),
  ];
  const text = await git(root, ['log', '--first-parent', `--format=${format.join('%x09')}`, head]);
  return text.split('\n').flatMap((line) => {
    const [revision = '', at = '', tag = '', commit = '', approvedBy = '', left = ''] =
      line.split('\t');
    return tag === '' ? [] : [{ revision, at, tag, commit, approvedBy, left: left || undefined }];
  });
}

/** The commit of a tag. @throws OperatorError where this clone has no such tag */
export async function commitOfTag(root: string, tag: string): Promise<string> {
  const commit = await askGit(root, [
    'rev-parse',
    '--verify',
    '--quiet',
    `refs/tags/${tag}^{commit}`,
  ]);
  if (commit !== undefined) return commit;
  throw new OperatorError(
    `This clone has no tag ${tag}.`,
    '`git fetch --tags` fetches those of the remote.',
  );
}
