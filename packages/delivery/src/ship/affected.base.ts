import { askGit, git } from '../git/git.run.ts';

/** What a build compares with, or why it builds everything. */
export interface AffectedBase {
  /** Undefined: everything is built. */
  base: string | undefined;
  why: string;
}

/**
 * What was built last counts only where its commit is known to lie behind this one. Everything else is built whole and
 * says so: a base that is guessed leaves work out, and nobody sees it.
 * @param success the commit of the last run that succeeded on this branch; undefined: there is none
 */
export async function chooseBase(
  root: string,
  success: string | undefined,
  head = 'HEAD',
): Promise<AffectedBase> {
  const all = (why: string): AffectedBase => ({ base: undefined, why: `everything: ${why}` });
  if (success === undefined) return all('no run has succeeded on this branch yet');
  if ((await git(root, ['rev-parse', '--is-shallow-repository'])) === 'true') {
    return all('this clone is shallow, what lies between cannot be told');
  }
  if ((await askGit(root, ['cat-file', '-e', `${success}^{commit}`])) === undefined) {
    return all(`this clone does not have ${success.slice(0, 12)}, the last success`);
  }
  const { length } = await git(root, ['rev-list', '--max-count=1', success, '--not', head]);
  if (length > 0) {
    return all(`the branch was rewritten, ${success.slice(0, 12)} does not lie behind it`);
  }
  return { base: success, why: `since ${success.slice(0, 12)}, the last success` };
}
