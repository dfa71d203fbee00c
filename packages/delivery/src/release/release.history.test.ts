import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fetchBranch, fileAt } from '../git/branch.commit.ts';
import { forgottenFixes } from '../hotfix/back.merge.ts';
import { planHotfix, startHotfix } from '../hotfix/hotfix.branch.ts';
import { migrationsBetween } from '../rollback/migration.return.ts';
import { chooseTarget } from '../rollback/rollback.plan.ts';
import { imagesPath } from '../ship/image.set.ts';
import {
  imagesFile,
  type ReleaseRepository,
  releaseRepository,
} from '../testing/release.repository.ts';
import { findCommitsByHand } from './branch.guard.ts';
import { commitOfTag, imageSetAt, productionReleases, promote } from './promotion.commit.ts';
import { sourceOf } from './release.plan.ts';
import { tagRelease } from './release.tag.ts';
import { readTag } from './tagged.release.ts';

/** Tags the end of a branch and brings it to production. */
async function releaseFrom(
  { root, git }: ReleaseRepository,
  branch: string,
  tag: string,
  hotfix?: { reason: string; allowedBy: string },
): Promise<string> {
  const commit = git('rev-parse', branch);
  await tagRelease(root, { tag, commit, notes: `# ${tag}\n`, bakedSince: 'then' }, branch, hotfix);
  await promote(root, { tag, commit, approvedBy: 'bob' });
  return commit;
}

test('production gets all of a tagged commit with the digests of staging, and nothing of what main changes later', async () => {
  const repository = releaseRepository();
  const { root, push, git } = repository;
  push('stage', 'chore(staging): run all of b', { [imagesPath('staging')]: imagesFile('b') });
  const commit = await releaseFrom(repository, 'stage', 'release/v1.0.0');
  push('main', 'perf: another limit', { 'infra/k8s/base/limit.yaml': 'limit: 2\n' });
  const head = (await fetchBranch(root, 'production')) ?? '';
  expect(await fileAt(root, head, 'infra/k8s/base/limit.yaml')).toBe('limit: 1\n');
  expect(await imageSetAt(root, head, 'production')).toEqual(
    await imageSetAt(root, commit, 'staging'),
  );
  const [first] = await productionReleases(root, head);
  expect(first).toMatchObject({ tag: 'release/v1.0.0', commit, approvedBy: 'bob', revision: head });
  expect(await commitOfTag(root, 'release/v1.0.0')).toBe(commit);
  expect(await sourceOf(root, commit)).toBe(git('rev-parse', 'stage~1'));
  expect(await findCommitsByHand(root, head)).toEqual([]);
  const again = await promote(root, { tag: 'release/v1.0.0', commit, approvedBy: 'bob' });
  expect(again).toMatchObject({ changed: false, commit: head });
});

test('a commit on production’s branch that came through no gate is told, whatever it says of itself', async () => {
  const repository = releaseRepository();
  const { root, push, git } = repository;
  const commit = await releaseFrom(repository, 'stage', 'release/v1.0.0');
  git('fetch', '-q', 'origin', 'production:production');
  const limit = (text: string) => ({ 'infra/k8s/base/limit.yaml': `limit: ${text}\n` });
  const plain = push('production', 'perf: quickly', limit('9'));
  const forged = push(
    'production',
    `chore(production): release\n\nRelease: release/v1.0.0\nCommit: ${commit}\nApproved-by: bob`,
    limit('8'),
  );
  expect(await findCommitsByHand(root, forged)).toMatchObject([
    { commit: forged, why: 'its files are not those of release/v1.0.0' },
    { commit: plain, by: 'Tester', subject: 'perf: quickly', why: 'it names no release' },
  ]);
});

test('a hotfix starts from what production runs, and the next release needs it merged back to stage and main', async () => {
  const repository = releaseRepository();
  const { root, push, git } = repository;
  push('stage', 'chore(staging): run all of b', { [imagesPath('staging')]: imagesFile('b') });
  const first = await releaseFrom(repository, 'stage', 'release/v1.0.0');
  push('stage', 'feat: not for today', { 'new.md': 'new\n' });
  const plan = await planHotfix(root, 'login-loop');
  expect(plan).toEqual({ branch: 'hotfix/login-loop', tag: 'release/v1.0.0', commit: first });
  await startHotfix(root, plan);
  await expect(planHotfix(root, 'login-loop')).rejects.toThrow('there already');
  await expect(planHotfix(root, 'Login Loop')).rejects.toThrow('no name of a hotfix');

  git('fetch', '-q', 'origin', 'hotfix/login-loop:hotfix/login-loop');
  push('hotfix/login-loop', 'fix: no loop', { 'fix.md': 'fix\n' });
  push('hotfix/login-loop', 'chore: run', { [imagesPath('staging')]: imagesFile('c') });
  const reason = { reason: 'nobody can sign in: all loop', allowedBy: 'ann' };
  await releaseFrom(repository, 'hotfix/login-loop', 'release/v1.0.1', reason);
  expect(await readTag(root, 'release/v1.0.1')).toEqual({
    branch: 'hotfix/login-loop',
    hotfix: reason,
  });
  expect(await readTag(root, 'release/v1.0.0')).toEqual({ branch: 'stage', hotfix: undefined });

  const forgotten = (branch: string) =>
    forgottenFixes(root, git('rev-parse', branch), {
      tag: 'release/v1.0.1',
      commit: git('rev-parse', 'release/v1.0.1^{commit}'),
    });
  const tag = ['release/v1.0.1'];
  expect(await forgotten('stage')).toEqual({ notMergedBack: tag, notOnMain: tag });
  const merge = (into: string) => {
    git('checkout', '-q', into);
    git('merge', '-q', '--no-edit', '-X', 'theirs', 'hotfix/login-loop');
    git('push', '-q', 'origin', into);
  };
  merge('stage');
  expect(await forgotten('stage')).toEqual({ notMergedBack: [], notOnMain: tag });
  merge('main');
  expect(await forgotten('stage')).toEqual({ notMergedBack: [], notOnMain: [] });
});

test('the migrations that a later release has are told by schema, with what their way back loses', async () => {
  const { root, push, git } = releaseRepository();
  const early = git('rev-parse', 'stage');
  const late = push('stage', 'feat: more', {
    'services/study/migrations/0002_tags.up.sql': '-- @reversible yes\n-- @down-loses every tag\n',
    'services/study/migrations/0003_gone.up.sql': '-- @reversible no: the column is gone\n',
  });
  expect(await migrationsBetween(root, early, late)).toEqual([
    {
      schema: 'study',
      to: '0001_marks',
      migrations: [
        { name: '0003_gone', reversible: false, loses: undefined },
        { name: '0002_tags', reversible: true, loses: 'every tag' },
      ],
    },
  ]);
  expect(await migrationsBetween(root, early, early)).toEqual([]);
});

test('a tag that cannot be pushed is not left in the clone', async () => {
  const repository = releaseRepository();
  repository.git('remote', 'set-url', '--push', 'origin', join(repository.remote, 'away'));
  await expect(releaseFrom(repository, 'stage', 'release/v1.0.0')).rejects.toThrow(
    'git push failed',
  );
  expect(repository.git('tag', '--list')).toBe('');
});

const at = (tag: string, left?: string) => ({
  tag,
  left,
  revision: tag,
  commit: tag,
  approvedBy: 'bob',
  at: '2026-01-01T00:00:00Z',
});

test('one goes back to the release before the current one first came', () => {
  const releases = [at('release/v1.1.0'), at('release/v1.0.0'), at('release/v0.9.0')];
  expect(chooseTarget(releases, undefined).tag).toBe('release/v1.0.0');
  expect(chooseTarget(releases, 'v0.9.0').tag).toBe('release/v0.9.0');
  const back = [at('release/v1.0.0', 'release/v1.1.0'), ...releases];
  expect(chooseTarget(back, undefined).tag).toBe('release/v0.9.0');
  expect(() => chooseTarget(releases, 'v3.0.0')).toThrow('never had v3.0.0');
  expect(() => chooseTarget(releases, 'v1.1.0')).toThrow('has v1.1.0 now');
  expect(() => chooseTarget([at('release/v0.9.0')], undefined)).toThrow('first release');
});
