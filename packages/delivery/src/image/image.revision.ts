import { OperatorError } from '@gospelib/cli-kit';
import { git } from '../git/git.run.ts';
import { inputsOf } from './image.inputs.ts';
import type { Image } from './image.list.ts';

export interface Revision {
  /** The last commit that changed something the image is made from; a later one leaves the image what it was. */
  commit: string;
  /** Whether something of it is changed and not committed. */
  changed: boolean;
}

/** @throws OperatorError for a folder that is no clone, and for one without the history that tells */
export async function revisionOf(root: string, image: Image): Promise<Revision> {
  if ((await git(root, ['rev-parse', '--is-shallow-repository'])) === 'true') {
    throw new OperatorError(
      'This clone is shallow: which commit changed an image last cannot be told, and its digest would be another one.',
      'git fetch --unshallow fetches the rest (in a workflow: fetch-depth: 0).',
    );
  }
  const inputs = inputsOf(root, image);
  const commit = await git(root, ['log', '-1', '--format=%H', '--', ...inputs]);
  const changes = await git(root, ['status', '--porcelain', '--', ...inputs]);
  return { commit, changed: changes !== '' };
}

/** Those of the images of which something changed since `base`, uncommitted changes included. @throws OperatorError */
export async function affectedImages(
  root: string,
  images: readonly Image[],
  base: string,
): Promise<readonly Image[]> {
  const commit = await git(root, ['rev-parse', '--verify', '--quiet', `${base}^{commit}`]).catch(
    (cause: unknown) => {
      throw new OperatorError(
        `There is no commit ${base} in this clone; what changed since cannot be told, and nothing was built.`,
        'Fetch it, name another one with --base, or leave --affected out to build all.',
        { cause },
      );
    },
  );
  const changed = await Promise.all(
    images.map(async (image) => {
      const inputs = inputsOf(root, image);
      const files = await git(root, ['diff', '--name-only', commit, '--', ...inputs]);
      const added = await git(root, ['ls-files', '-o', '--exclude-standard', '--', ...inputs]);
      return files + added !== '';
    }),
  );
  return images.filter((_, index) => changed[index]);
}
