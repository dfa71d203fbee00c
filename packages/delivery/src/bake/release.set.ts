import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Facts, manifestFacts } from '@gospelib/workspace';
import { z } from 'zod';
import { fileAt } from '../git/branch.commit.ts';
import { askGit, git } from '../git/git.run.ts';

const MANIFESTS = 'infra/k8s';
/** What may differ between staging and production, by its paths in the manifests. */
const PARITY = 'infra/parity.json';
/** So many sets that differ in a byte are compared; what ran before them is another one. */
const COMPARED = 12;

const parity = z.object({ differences: z.array(z.object({ paths: z.array(z.string()) })) });

/**
 * Names exactly what runs at a commit: digests, rendered manifests and migrations. The version of the corpus follows from
 * the image of the ingest. Fields that may differ between staging and production are no part of it.
 * @param commits the newest last; each is rendered once
 * @returns of a commit that this clone does not have, or that is too far back: undefined
 * @throws OperatorError
 */
export async function releaseSets(
  root: string,
  commits: readonly string[],
  environment: string,
): Promise<(commit: string) => string | undefined> {
  const rendered = new Map<string, string>();
  const sets = new Map<string, string>();
  for (const commit of new Set(commits.toReversed())) {
    if ((await askGit(root, ['cat-file', '-e', `${commit}^{commit}`])) === undefined) continue;
    const sources = await sourcesOf(root, commit, environment);
    if (!rendered.has(sources)) {
      if (rendered.size === COMPARED) break;
      rendered.set(sources, await releaseSetOf(root, commit, environment));
    }
    sets.set(commit, rendered.get(sources) ?? '');
  }
  return (commit) => sets.get(commit);
}

async function releaseSetOf(root: string, commit: string, environment: string): Promise<string> {
  const [facts, allowed, migrations] = await Promise.all([
    factsAt(root, commit, environment),
    allowedAt(root, commit),
    filesAt(root, commit, /^services\/[^/]+\/migrations\//),
  ]);
  const own = [...facts].filter(([path]) => !allowed.some((field) => isBelow(path, field)));
  const text = JSON.stringify([own, migrations]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Of equal sources nothing else is rendered. */
async function sourcesOf(root: string, commit: string, environment: string): Promise<string> {
  const overlay = `${MANIFESTS}/overlays/${environment}/`;
  const others = `${MANIFESTS}/overlays/`;
  const files = await filesAt(root, commit, /^infra\/|^services\/[^/]+\/migrations\//);
  const own = files.filter((line) => line.includes(overlay) || !line.includes(others));
  return own.join('\n');
}

/** `mode blob hash path` of each file whose path matches. */
async function filesAt(root: string, commit: string, path: RegExp): Promise<readonly string[]> {
  const places = [MANIFESTS, PARITY, 'services'];
  const text = await git(root, ['ls-tree', '-r', commit, '--', ...places]);
  return text.split('\n').filter((line) => path.test(line.split('\t')[1] ?? ''));
}

async function factsAt(root: string, commit: string, environment: string): Promise<Facts> {
  const folder = await mkdtemp(join(tmpdir(), 'gospelib-set-'));
  try {
    // A work tree and an index of its own: the clone's stay as they are.
    const env = { GIT_WORK_TREE: folder, GIT_INDEX_FILE: join(folder, 'index') };
    await git(root, ['checkout', '--quiet', commit, '--', MANIFESTS], { env });
    return await manifestFacts(join(folder, MANIFESTS, 'overlays', environment));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function allowedAt(root: string, commit: string): Promise<readonly string[]> {
  const text = await fileAt(root, commit, PARITY);
  if (text === undefined) return [];
  return parity.parse(JSON.parse(text)).differences.flatMap(({ paths }) => paths);
}

/** Whether a path is that of a field or of a part of it: `spec.a` has `spec.a.b` and `spec.a[0]`, and not `spec.ab`. */
function isBelow(path: string, field: string): boolean {
  return path.startsWith(field) && (path === field || ' .['.includes(path[field.length] ?? ''));
}
