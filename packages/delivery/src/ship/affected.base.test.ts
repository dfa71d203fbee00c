import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { releaseRepository } from '../testing/release.repository.ts';
import { chooseBase } from './affected.base.ts';

test('the last success counts where it lies behind this commit; otherwise everything is built, and it says why', async () => {
  const { root, git, push, remote } = releaseRepository();
  const first = git('rev-parse', 'HEAD');
  push('main', 'fix: a thing', { 'a.md': 'a\n' });
  expect(await chooseBase(root, first)).toEqual({
    base: first,
    why: `since ${first.slice(0, 12)}, the last success`,
  });
  const all = { base: undefined, why: expect.stringContaining('everything: ') };
  expect(await chooseBase(root, undefined)).toEqual(all);
  expect(await chooseBase(root, 'f'.repeat(40))).toEqual(all);

  const old = git('rev-parse', 'HEAD');
  git('reset', '-q', '--hard', first);
  push('stage', 'fix: another thing', { 'b.md': 'b\n' });
  expect((await chooseBase(root, old)).why).toContain('rewritten');

  const shallow = join(root, '../shallow');
  execFileSync('git', ['clone', '-q', '--depth=1', `file://${remote}`, shallow]);
  expect((await chooseBase(shallow, first)).why).toContain('shallow');
});
