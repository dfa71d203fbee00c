import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { digest, image, imagesFile } from '../testing/release.repository.ts';
import { bumpImageSet, changesBetween, imagesPath, readImageSet, unreleased } from './image.set.ts';

const path = 'images.yaml';
const text = imagesFile('a');

test('a digest is put in the place of another one, and nothing else changes', () => {
  const bumped = bumpImageSet(text, { 'gospelib-study': image('study', 'b') }, path);
  const lines = bumped.split('\n').filter((line, index) => line !== text.split('\n')[index]);
  expect(lines).toEqual([`    digest: ${digest('b')}`]);
  expect(changesBetween(readImageSet(text, path), readImageSet(bumped, path))).toEqual([
    { name: 'gospelib-study', from: digest('a'), to: digest('b') },
  ]);
});

test.each(['staging', 'production', 'bench'])(
  'the file of %s stays as it is when nothing is bumped, and in its form when something is',
  (environment) => {
    const own = readFileSync(
      resolve(import.meta.dirname, '../../../..', imagesPath(environment)),
      'utf8',
    );
    const set = readImageSet(own, path);
    expect(bumpImageSet(own, set, path)).toBe(own);
    expect(unreleased(set)).toContain('gospelib-study');
    const all = Object.fromEntries(
      Object.entries(set).map(([name, one]) => [name, { ...one, digest: digest('c') }]),
    );
    expect(bumpImageSet(own, all, path)).toBe(own.replaceAll('0'.repeat(64), 'c'.repeat(64)));
  },
);

test.each([
  ['an image that the manifests do not have', { 'gospelib-new': image('new', 'b') }, 'names no'],
  ['a tag', { 'gospelib-study': { repository: 'r', digest: 'v1' } }, 'No digest'],
  ['the digest of nothing', { 'gospelib-study': image('study', '0') }, 'No digest'],
])('%s is refused', (_, set, why) => {
  expect(() => bumpImageSet(text, set, path)).toThrow(why);
});

test('a tag beside a digest is refused: both would be rendered', () => {
  const both = text.replace('    digest', '    newTag: v1\n    digest');
  expect(() => readImageSet(both, path)).toThrow('newTag');
});
