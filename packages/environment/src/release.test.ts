import { expect, test } from 'vitest';
import { type Release, releaseBefore } from './release.ts';

const release = (root: string, cameUp: boolean): Release => ({
  at: '2026-01-31T12:00:00Z',
  root,
  migrations: {},
  cameUp,
});

test.each([
  ['nothing was noted', [], undefined],
  ['one release ran', [release('a', true)], undefined],
  ['the one before answered', [release('b', false), release('a', true)], 'a'],
  [
    'the one before never answered',
    [release('c', true), release('b', false), release('a', true)],
    'a',
  ],
])('%s: the release to go back to', (_, releases, root) => {
  expect(releaseBefore(releases)?.root).toBe(root);
});
