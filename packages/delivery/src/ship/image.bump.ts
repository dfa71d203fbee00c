import { OperatorError } from '@gospelib/cli-kit';
import { commitToBranch, fetchBranch, fileAt, treeWith } from '../git/branch.commit.ts';
import {
  bumpImageSet,
  changesBetween,
  type ImageChange,
  type ImageSet,
  imagesPath,
  readImageSet,
} from './image.set.ts';

export interface Bump {
  environment: string;
  branch: string;
  /** Those that were built: one commit for all of them. */
  images: ImageSet;
  /** The commit that they were built from. */
  from: string;
}

export interface BumpResult {
  commit: string;
  /** False: the branch has these images already. */
  changed: boolean;
  changes: readonly ImageChange[];
  attempts: number;
}

/** What a bump would change, as the branch is now. @throws OperatorError */
export async function planBump(root: string, bump: Bump): Promise<readonly ImageChange[]> {
  const head = await fetchBranch(root, bump.branch);
  if (head === undefined) throw noBranch(bump.branch);
  const { changes } = await applyBump(root, bump, head);
  return changes;
}

/**
 * Puts new digests into the one file of an environment, as one commit on its branch. Others may do the same at the same
 * time: each keeps what it bumped.
 * @throws OperatorError
 */
export async function pushBump(root: string, bump: Bump): Promise<BumpResult> {
  let changes: readonly ImageChange[] = [];
  const pushed = await commitToBranch(root, {
    branch: bump.branch,
    message: bumpMessage(bump),
    tree: async (head) => {
      if (head === undefined) throw noBranch(bump.branch);
      const applied = await applyBump(root, bump, head);
      changes = applied.changes;
      return treeWith(root, head, { [imagesPath(bump.environment)]: applied.text });
    },
  });
  return { ...pushed, changes };
}

/**
 * Without `[skip ci]`: that would silence the workflow of a tag on this commit, too. What keeps a bump from starting a
 * build is the path filter of the workflow.
 */
export function bumpMessage({ environment, images, from }: Bump): string {
  const names = Object.keys(images).map((name) => name.replace(/^gospelib-/, ''));
  return [
    `chore(${environment}): run ${names.join(', ')} of ${from.slice(0, 12)}`,
    '',
    ...Object.entries(images).map(([name, { digest }]) => `${name} ${digest}`),
  ].join('\n');
}

async function applyBump(
  root: string,
  { environment, images }: Bump,
  head: string,
): Promise<{ text: string; changes: readonly ImageChange[] }> {
  const path = imagesPath(environment);
  const before = await fileAt(root, head, path);
  if (before === undefined) {
    throw new OperatorError(`${path} is not on the branch. Nothing was changed.`);
  }
  const text = bumpImageSet(before, images, path);
  return { text, changes: changesBetween(readImageSet(before, path), readImageSet(text, path)) };
}

function noBranch(branch: string): OperatorError {
  return new OperatorError(
    `The remote has no branch ${branch}. Nothing was changed.`,
    `Make it once: \`git push origin main:${branch}\`.`,
  );
}
