import { fetchBranch } from '../git/branch.commit.ts';
import { askGit, git } from '../git/git.run.ts';
import { readTag } from '../release/tagged.release.ts';

const MAIN = 'main';

/** What production has and the next release would take from readers. */
export interface ForgottenFixes {
  /** The release of production, where this commit does not have it. */
  notMergedBack: readonly string[];
  /** Hotfixes that production has and main does not. */
  notOnMain: readonly string[];
}

/**
 * Finds fixes that were released from a branch of their own and not merged back. A fix that was copied by hand counts as
 * forgotten: only a merge tells for sure. A release that production left again is none.
 * @param current what production has
 */
export async function forgottenFixes(
  root: string,
  commit: string,
  current: { tag: string; commit: string },
): Promise<ForgottenFixes> {
  const isIn = async (ancestor: string, of: string) =>
    (await askGit(root, ['merge-base', '--is-ancestor', ancestor, of])) !== undefined;
  const main = await fetchBranch(root, MAIN);
  const tags = await git(root, ['tag', '--list', 'release/v*', '--merged', current.commit]);
  const notOnMain: string[] = [];
  for (const tag of tags.split('\n').filter(Boolean)) {
    if ((await readTag(root, tag)).hotfix === undefined) continue;
    const but = ':(exclude,glob)infra/k8s/overlays/*/images/**';
    const source = await git(root, ['rev-list', '--max-count=1', tag, '--', '.', but]);
    if (main === undefined || !(await isIn(source, main))) notOnMain.push(tag);
  }
  return { notMergedBack: (await isIn(current.commit, commit)) ? [] : [current.tag], notOnMain };
}
