import { OperatorError, UsageError } from '@gospelib/cli-kit';
import { fetchBranch } from '../git/branch.commit.ts';
import { git } from '../git/git.run.ts';
import { commitOfTag, PRODUCTION_BRANCH, productionReleases } from '../release/promotion.commit.ts';

export interface HotfixBranch {
  /** `hotfix/<name>` */
  branch: string;
  /** The release of production that it starts from. */
  tag: string;
  commit: string;
}

/** Where a hotfix starts: what production runs, and nothing that came after it. @throws OperatorError */
export async function planHotfix(root: string, name: string): Promise<HotfixBranch> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw new UsageError(`${name} is no name of a hotfix: words in lower case, joined by hyphens.`);
  }
  const branch = `hotfix/${name}`;
  await git(root, ['fetch', '--quiet', '--tags', '--no-write-fetch-head', 'origin']);
  const [head, taken] = await Promise.all([
    fetchBranch(root, PRODUCTION_BRANCH),
    fetchBranch(root, branch),
  ]);
  if (taken !== undefined) {
    throw new OperatorError(
      `The branch ${branch} is there already. Nothing was changed.`,
      `Go on with it (\`git switch ${branch}\`), or choose another name.`,
    );
  }
  const [current] = head === undefined ? [] : await productionReleases(root, head);
  if (current === undefined) throw new OperatorError('Nothing was released to production yet.');
  return { branch, tag: current.tag, commit: await commitOfTag(root, current.tag) };
}

/** Makes the branch on the remote. @throws OperatorError */
export async function startHotfix(root: string, { branch, commit }: HotfixBranch): Promise<void> {
  await git(root, ['push', '--quiet', 'origin', `${commit}:refs/heads/${branch}`]);
}
