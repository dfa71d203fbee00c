import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '@gospelib/cli-kit';
import { askGit, git } from './git.run.ts';

/** Everybody who waits for the same branch gets a turn: one push of eight is at most seven too late. */
const ATTEMPTS = 20;
const PAUSE_MS = 250;
const NAME = 'GospeLib delivery';
const EMAIL = 'delivery@gospelib.com';
const identity = {
  GIT_AUTHOR_NAME: NAME,
  GIT_AUTHOR_EMAIL: EMAIL,
  GIT_COMMITTER_NAME: NAME,
  GIT_COMMITTER_EMAIL: EMAIL,
};

/** A commit that is to stand at the end of a branch of the remote. */
export interface BranchCommit {
  branch: string;
  message: string;
  /**
   * The tree of the commit, made from the branch as it is (undefined: there is none yet). Asked again when somebody else
   * was faster.
   */
  tree(head: string | undefined): Promise<string>;
  remote?: string;
}

export interface PushedCommit {
  /** The end of the branch now. */
  commit: string;
  /** False: the tree was that of the branch, nothing was committed. */
  changed: boolean;
  /** How often it took until nobody was faster. */
  attempts: number;
}

/**
 * Puts one commit at the end of a branch of the remote, whoever else does so at the same time. Neither the files nor the
 * branches of this clone are touched.
 * @throws OperatorError when git is away, refuses, or others were faster too often
 */
export async function commitToBranch(
  root: string,
  { branch, message, tree, remote = 'origin' }: BranchCommit,
): Promise<PushedCommit> {
  for (let attempts = 1; attempts <= ATTEMPTS; attempts += 1) {
    const head = await fetchBranch(root, branch, remote);
    const wanted = await tree(head);
    if (head !== undefined && wanted === (await git(root, ['rev-parse', `${head}^{tree}`]))) {
      return { commit: head, changed: false, attempts };
    }
    const parents = head === undefined ? [] : ['-p', head];
    const how = ['-c', 'commit.gpgsign=false', 'commit-tree', wanted, ...parents, '-F', '-'];
    const commit = await git(root, how, { env: identity, input: `${message}\n` });
    if (await push(root, remote, commit, branch)) return { commit, changed: true, attempts };
    await sleep(PAUSE_MS * (0.5 + Math.random()) * Math.min(attempts, 4));
  }
  throw new OperatorError(
    `Others pushed to ${branch} ${ATTEMPTS} times while this was being pushed. Nothing was changed.`,
    'Run it again.',
  );
}

/** The end of a branch of the remote, fetched; undefined where there is none. @throws OperatorError when git is away */
export async function fetchBranch(
  root: string,
  branch: string,
  remote = 'origin',
): Promise<string | undefined> {
  // A reference of its own, and no other one (an empty refmap): others may fetch in the same clone.
  const reference = `refs/gospelib/${randomUUID()}`;
  const from = `+refs/heads/${branch}:${reference}`;
  const quietly = ['--quiet', '--no-tags', '--no-write-fetch-head', '--refmap='];
  try {
    await git(root, ['fetch', ...quietly, remote, from]);
  } catch (error) {
    if (/couldn't find remote ref/.test((error as Error).message)) return undefined;
    throw error;
  }
  const commit = await git(root, ['rev-parse', reference]);
  await git(root, ['update-ref', '-d', reference]);
  return commit;
}

/** The end of a branch, or what this clone last knew of it while git is away. */
export interface KnownBranch {
  head: string | undefined;
  /** Why the remote could not be asked; undefined: it was. */
  away: string | undefined;
}

/** As `fetchBranch`, and goes on with what is known while git is away. */
export async function knownBranch(
  root: string,
  branch: string,
  remote = 'origin',
): Promise<KnownBranch> {
  const kept = `refs/gospelib/known/${branch}`;
  try {
    const head = await fetchBranch(root, branch, remote);
    if (head !== undefined) await git(root, ['update-ref', kept, head]);
    return { head, away: undefined };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const head =
      (await askGit(root, ['rev-parse', '--verify', '--quiet', kept])) ??
      (await askGit(root, [
        'rev-parse',
        '--verify',
        '--quiet',
        `refs/remotes/${remote}/${branch}`,
      ]));
    return { head, away: error.what };
  }
}

/** The tree of a commit (undefined: an empty one) with other contents in these files. */
export async function treeWith(
  root: string,
  commit: string | undefined,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const index = join(tmpdir(), `gospelib-index-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index };
  try {
    await git(root, ['read-tree', ...(commit === undefined ? ['--empty'] : [commit])], { env });
    for (const [path, input] of Object.entries(files)) {
      const blob = await git(root, ['hash-object', '-w', '--stdin'], { input });
      await git(root, ['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`], { env });
    }
    return await git(root, ['write-tree'], { env });
  } finally {
    rmSync(index, { force: true });
  }
}

/** A file of a commit; undefined where it has none. */
export function fileAt(root: string, commit: string, path: string): Promise<string | undefined> {
  return askGit(root, ['cat-file', 'blob', `${commit}:${path}`], { raw: true });
}

/** Whether it was pushed; false: somebody else was faster. @throws OperatorError for any other refusal */
async function push(
  root: string,
  remote: string,
  commit: string,
  branch: string,
): Promise<boolean> {
  try {
    await git(root, ['push', '--porcelain', remote, `${commit}:refs/heads/${branch}`]);
    return true;
  } catch (error) {
    if (error instanceof OperatorError && isOvertaken(error.cause)) return false;
    throw error;
  }
}

/** By git’s words: the branch went on meanwhile, or is being written to right now. */
function isOvertaken(cause: unknown): boolean {
  const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
  return /\((fetch first|non-fast-forward|cannot lock ref.*|failed to update ref|incorrect old value provided)\)|cannot lock ref|reference already exists/.test(
    `${stdout}\n${stderr}`,
  );
}
