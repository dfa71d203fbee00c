import { expect, test } from 'vitest';
import { type ReleaseFacts, releaseRefusals } from './release.gates.ts';

const baked = {
  done: true,
  since: '2026-01-01T00:00:00.000Z',
  bakedMs: 86_400_000,
  remainingMs: 0,
  wrong: undefined,
  breaks: [],
};
const good: ReleaseFacts = {
  tag: 'release/v1.2.0',
  isTagTaken: false,
  changedFiles: [],
  isOnBranch: true,
  bake: baked,
  isCiGreen: true,
  unsigned: [],
  unreleased: [],
  migrations: ['study 0005_what'],
  notMergedBack: [],
  notOnMain: [],
  hotfix: undefined,
};

test('nothing is in the way of a release that has all', () => {
  expect(releaseRefusals(good)).toEqual([]);
});

const half = { ...baked, done: false, bakedMs: 43_200_000, remainingMs: 43_200_000 };
const lost = { ...half, since: undefined, wrong: 'not healthy (Degraded)' };

test.each<[string, Partial<ReleaseFacts>, string]>([
  ['another tag', { tag: 'release/1.2' }, 'release/1.2 is no version'],
  ['a tag that is taken', { isTagTaken: true }, 'is taken'],
  ['a dirty tree', { changedFiles: ['a.ts'] }, 'not committed: a.ts'],
  ['a commit of another branch', { isOnBranch: false }, 'not on the branch'],
  ['a bake that goes on', { bake: half }, '12 h of 24 h'],
  ['a red CI', { isCiGreen: false }, 'CI has not succeeded'],
  ['a CI that cannot be asked', { isCiGreen: undefined }, 'could not be asked'],
  ['an unsigned image', { unsigned: ['study'] }, 'Not signed by us: study'],
  ['an image without a digest', { unreleased: ['study'] }, 'no image of study'],
  ['a fix that is not merged back', { notMergedBack: ['release/v1.1.1'] }, 'release/v1.1.1'],
  ['a fix that main lacks', { notOnMain: ['release/v1.1.1'] }, 'main does not have'],
  ['a hotfix without a reason', { hotfix: { reason: ' ', allowedBy: 'a' } }, 'needs a reason'],
])('%s is a reason against it, and the only one', (_, fault, why) => {
  const refusals = releaseRefusals({ ...good, ...fault });
  expect(refusals).toHaveLength(1);
  expect(refusals[0]).toContain(why);
});

test('what does not bake has not tried its migrations', () => {
  expect(releaseRefusals({ ...good, bake: lost })).toEqual([
    'It does not bake: not healthy (Degraded).',
    'Migrations were not tried on staging: study 0005_what.',
  ]);
});
