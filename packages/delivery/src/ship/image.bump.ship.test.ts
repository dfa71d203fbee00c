import { expect, test } from 'vitest';
import { fileAt } from '../git/branch.commit.ts';
import { digest, imagesFile, releaseRepository } from '../testing/release.repository.ts';
import { pushBump } from './image.bump.ts';
import { imagesPath, readImageSet } from './image.set.ts';

test('eight at once on one repository all land within half a minute, each with what it bumped', async () => {
  const { root, git, push } = releaseRepository();
  const path = imagesPath('staging');
  const digests = Array.from({ length: 8 }, (_, index) => digest(String(index + 1)));
  const entries = digests.map(
    (_, index) =>
      `  - name: gospelib-s${index}\n    newName: r/s${index}\n    digest: ${digest('0')}\n`,
  );
  const before = push('stage', 'feat: eight services', {
    [path]: imagesFile('0') + entries.join(''),
  });
  const start = performance.now();
  const pushed = await Promise.all(
    digests.map((one, index) =>
      pushBump(root, {
        environment: 'staging',
        branch: 'stage',
        images: { [`gospelib-s${index}`]: { repository: `r/s${index}`, digest: one } },
        from: before,
      }),
    ),
  );
  const seconds = (performance.now() - start) / 1000;
  const attempts = pushed.reduce((sum, one) => sum + one.attempts, 0);
  console.log(`eight bumps at once landed in ${seconds.toFixed(1)} s, by ${attempts} attempts`);
  expect(seconds).toBeLessThan(30);
  expect(pushed.every(({ changed }) => changed)).toBe(true);
  git('fetch', '-q', 'origin');
  const set = readImageSet((await fileAt(root, 'origin/stage', path)) ?? '', path);
  expect(digests.map((_, index) => set[`gospelib-s${index}`]?.digest)).toEqual(digests);
  expect(git('rev-list', '--count', `${before}..origin/stage`)).toBe('8');
  expect(git('status', '--porcelain')).toBe('');
});
