import { askGit, git } from '../git/git.run.ts';
import { promotedTree } from './promotion.commit.ts';

/** Further back nobody asks. */
const LOOKED_AT = 30;

/** A commit of production’s branch that neither a promotion nor a way back made. */
export interface CommitByHand {
  commit: string;
  /** The name that the commit gives. */
  by: string;
  at: string;
  subject: string;
  /** Why it is taken for one. */
  why: string;
}

/**
 * What came past the gates since the last release: the files of a release are exactly those that promoting its tag makes.
 * What lies behind the first release is not looked at. Changes nothing.
 * @param head the end of production's branch
 */
export async function findCommitsByHand(
  root: string,
  head: string,
): Promise<readonly CommitByHand[]> {
  const trailer = (key: string) => `%(trailers:key=${key},valueonly,separator=%x2C)`;
  const format = ['%H', '%T', '%cn', '%cI', '%s', trailer('Release'), trailer('Commit')];
  const how = ['--first-parent', `--max-count=${LOOKED_AT}`, `--format=${format.join('%x09')}`];
  const commits = (await git(root, ['log', ...how, head])).split('\n').map((line) => {
    const [commit = '', tree = '', by = '', at = '', subject = '', tag = '', of = ''] =
      line.split('\t');
    return { commit, tree, by, at, subject, tag, of };
  });
  const released = commits.slice(0, commits.findLastIndex(({ tag }) => tag !== '') + 1);
  const byHand: CommitByHand[] = [];
  for (const { tree, tag, of, ...told } of released) {
    const why = await faultOf(root, tree, tag, of);
    if (why === undefined) break;
    byHand.push({ ...told, why });
  }
  return byHand;
}

async function faultOf(
  root: string,
  tree: string,
  tag: string,
  of: string,
): Promise<string | undefined> {
  if (tag === '') return 'it names no release';
  const tagged = await askGit(root, [
    'rev-parse',
    '--verify',
    '--quiet',
    `refs/tags/${tag}^{commit}`,
  ]);
  if (tagged === undefined) return `this clone has no tag ${tag}`;
  if (tagged !== of) return `${tag} is another commit`;
  return tree === (await promotedTree(root, tag, of))
    ? undefined
    : `its files are not those of ${tag}`;
}
