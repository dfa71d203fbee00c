import { fetchBranch } from '../git/branch.commit.ts';
import { askGit, git } from '../git/git.run.ts';
import { hotfixOf } from './hotfix.tag.ts';

const MAIN = 'main';

/** What production has and the next release would take from readers. */
export interface ForgottenFixes {
  /** Tags of releases that this commit does not have. */
  notMergedBack: readonly string[];
  /** Hotfixes whose source main does not have. */
  notOnMain: readonly string[];
}

/**
 * Finds fixes that were released from a branch of their own and not merged back. A fix that was copied by hand counts as
 * forgotten: only a merge tells for sure.
 * @param except the tag that is being released
 */
export async function forgottenFixes(
  root: string,
  commit: string,
  except: string,
): Promise<ForgottenFixes> {
  const notMergedBack = await releaseTags(root, ['--no-merged', commit]);
  const main = await fetchBranch(root, MAIN);
  const notOnMain: string[] = [];
  for (const tag of await releaseTags(root, [])) {
    if (tag === except || (await hotfixOf(root, tag)) === undefined) continue;
    const but = ':(exclude,glob)infra/k8s/overlays/*/images/**';
    const source = await git(root, ['rev-list', '--max-count=1', tag, '--', '.', but]);
    const isThere =
      main !== undefined &&
      (await askGit(root, ['merge-base', '--is-ancestor', source, main])) !== undefined;
    if (!isThere) notOnMain.push(tag);
  }
  return { notMergedBack: notMergedBack.filter((tag) => tag !== except), notOnMain };
}

async function releaseTags(root: string, how: readonly string[]): Promise<readonly string[]> {
  const text = await git(root, ['tag', '--list', 'release/v*', ...how]);
  return text.split('\n').filter(Boolean);
}
