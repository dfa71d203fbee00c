import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';
import { z } from 'zod';
import { commitToBranch, fetchBranch, treeWith } from '../git/branch.commit.ts';
import { askGit, git } from '../git/git.run.ts';

/** A branch of its own: nobody's files, nothing that is ever merged. */
const BRANCH = 'records';

const operation = z.object({
  at: z.iso.datetime(),
  environment: z.string(),
  verb: z.string(),
  who: z.string(),
  why: z.string(),
  what: z.string(),
  result: z.string(),
});

/** Who changed an environment, why, what, and what became of it. */
export type Operation = z.output<typeof operation>;

/** The name that git knows, the one who started a workflow, or the user of this machine. */
export async function whoActs(root: string, env: NodeJS.ProcessEnv): Promise<string> {
  return env.GITHUB_ACTOR || (await askGit(root, ['config', 'user.email'])) || userInfo().username;
}

/**
 * Writes operations down on a branch of the remote, a file each, so that nothing is overwritten. While git is away they
 * are kept on this machine, and follow with the next one.
 * @param remote its name, or a git address
 * @returns why it is not on the remote yet; undefined: it is
 */
export async function logOperation(
  root: string,
  keptIn: string,
  entry: Operation,
  remote = 'origin',
): Promise<string | undefined> {
  mkdirSync(keptIn, { recursive: true });
  const name = `${entry.at.replaceAll(':', '-')}-${entry.verb.replaceAll(' ', '-')}-${randomUUID().slice(0, 8)}.json`;
  writeFileSync(
    join(keptIn, `${entry.environment}_${name}`),
    `${JSON.stringify(entry, null, 2)}\n`,
  );
  const kept = readdirSync(keptIn);
  const files = Object.fromEntries(
    kept.map((file) => [
      `operations/${file.replace('_', '/')}`,
      readFileSync(join(keptIn, file), 'utf8'),
    ]),
  );
  try {
    await commitToBranch(root, {
      branch: BRANCH,
      remote,
      message: `${entry.environment}: ${entry.verb} by ${entry.who}`,
      tree: (head) => treeWith(root, head, files),
    });
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return error.what;
  }
  for (const file of kept) rmSync(join(keptIn, file), { force: true });
  return undefined;
}

/** What was done to an environment, the newest first. @throws OperatorError when git is away */
export async function readOperations(
  root: string,
  environment: string,
): Promise<readonly Operation[]> {
  const head = await fetchBranch(root, BRANCH);
  if (head === undefined) return [];
  const folder = `operations/${environment}/`;
  const names = await git(root, ['ls-tree', '--name-only', head, '--', folder]);
  const texts = await Promise.all(
    names
      .split('\n')
      .filter(Boolean)
      .map((path) => git(root, ['cat-file', 'blob', `${head}:${path}`])),
  );
  return texts
    .map((text) => operation.parse(JSON.parse(text)))
    .toSorted((a, b) => b.at.localeCompare(a.at));
}
