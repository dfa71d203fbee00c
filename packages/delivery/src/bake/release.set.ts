import { createHash } from 'node:crypto';
import { askGit, git } from '../git/git.run.ts';

/**
 * Of what a release set is made, below the repository's root: digests, manifests with all that they are made of, and
 * migrations. The version of the corpus follows from the image of the ingest.
 */
function pathsOf(environment: string): readonly string[] {
  return [
    'infra/k8s/base',
    'infra/k8s/components',
    `infra/k8s/overlays/${environment}`,
    'services/*/migrations',
  ];
}

/** A name for exactly what runs at a commit: equal sets have equal names, whatever else changed. @throws OperatorError */
export async function releaseSetOf(
  root: string,
  commit: string,
  environment: string,
): Promise<string> {
  const files = await git(root, ['ls-tree', '-r', commit, '--', 'infra/k8s', 'services']);
  const matches = pathsOf(environment).map((path) => new RegExp(`^${path.replace('*', '[^/]+')}/`));
  const own = files
    .split('\n')
    .filter((line) => matches.some((one) => one.test(line.split('\t')[1] ?? '')));
  return createHash('sha256').update(own.join('\n')).digest('hex').slice(0, 16);
}

/** The same for many commits, each asked once; a commit that this clone does not have has no set. */
export async function releaseSets(
  root: string,
  commits: readonly string[],
  environment: string,
): Promise<(commit: string) => string | undefined> {
  const sets = new Map<string, string>();
  for (const commit of new Set(commits)) {
    if ((await askGit(root, ['cat-file', '-e', `${commit}^{commit}`])) === undefined) continue;
    sets.set(commit, await releaseSetOf(root, commit, environment));
  }
  return (commit) => sets.get(commit);
}
