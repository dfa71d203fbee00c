import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fetchBranch, fileAt } from '../git/branch.commit.ts';
import { image, releaseRepository } from '../testing/release.repository.ts';
import { type Bump, bumpMessage, planBump, pushBump } from './image.bump.ts';
import { imagesPath, readImageSet } from './image.set.ts';

const bump = (images: Bump['images'], from = 'f'.repeat(40)): Bump => ({
  environment: 'staging',
  branch: 'stage',
  images,
  from,
});

test('what the branch has already makes no commit, and merges and bumps by others stay', async () => {
  const { root, push, git, remote } = releaseRepository();
  const one = bump({ 'gospelib-study': image('study', 'b') });
  expect(await planBump(root, one)).toHaveLength(1);
  const first = await pushBump(root, one);
  git('fetch', '-q', 'origin');
  git('branch', '-qf', 'stage', first.commit);
  const merged = push('stage', 'feat: more', { 'more.md': 'more\n' });
  expect(await pushBump(root, one)).toMatchObject({ changed: false, commit: merged, changes: [] });
  const two = [
    { 'gospelib-content': image('content', 'c') },
    { 'gospelib-gateway': image('gateway', 'd') },
  ];
  await Promise.all(two.map((images) => pushBump(root, bump(images))));
  git('fetch', '-q', 'origin');
  expect(git('rev-list', '--count', `${merged}..origin/stage`)).toBe('2');
  const set = readImageSet((await fileAt(root, 'origin/stage', imagesPath('staging'))) ?? '', '');
  expect(Object.values(set).map((one) => one.digest.at(-1))).toEqual(['c', 'd', 'b']);
  // Two fetches at once would hinder each other at a reference that both write.
  git('push', '-q', remote, `${merged}:refs/heads/elsewhere`);
  expect(await fetchBranch(root, 'elsewhere')).toBe(merged);
  expect(git('for-each-ref', 'refs/remotes/origin/elsewhere', 'refs/gospelib')).toBe('');
});

test('a remote that is away or refuses is told, not tried again', async () => {
  const { root, git, remote } = releaseRepository();
  writeFileSync(
    join(remote, 'hooks/pre-receive'),
    '#!/bin/sh\necho the branch is protected >&2\nexit 1\n',
    {
      mode: 0o755,
    },
  );
  const one = bump({ 'gospelib-study': image('study', 'b') });
  await expect(pushBump(root, one)).rejects.toThrow('the branch is protected');
  git('remote', 'set-url', 'origin', join(remote, 'away'));
  await expect(pushBump(root, one)).rejects.toThrow('git fetch failed');
});

test('the message silences no workflow and names every digest', () => {
  const message = bumpMessage(bump({ 'gospelib-study': image('study', 'b') }));
  expect(message).not.toMatch(/\[(skip ci|ci skip|no ci|skip actions|actions skip)\]|skip-checks/i);
  expect(message).toContain(`gospelib-study ${image('study', 'b').digest}`);
});
