import { expect, it } from 'vitest';
import { stem } from './search.stem.ts';

const corpus = new Set('come give for run make deny lack know believe great honour'.split(' '));
const stemOf = (word: string) => stem(word, (candidate) => corpus.has(candidate));

it.each([
  ['cometh', 'come'],
  ['giveth', 'gave'],
  ['runneth', 'running'],
  ['maketh', 'made'],
  ['denieth', 'denied'],
  ['knowest', 'known'],
  ['believeth', 'believing'],
  ['saith', 'say'],
  ['spake', 'spoken'],
  ['thou', 'you'],
  ['hath', 'has'],
  ['men', 'man'],
  ['neighbour', 'neighbors'],
  ['honoureth', 'honored'],
  ['shewed', 'shows'],
])('%s and %s meet', (older, modern) => {
  expect(stemOf(older)).toBe(stemOf(modern));
});

it.each([
  ['forest', 'for'],
  ['earnest', 'earn'],
  ['our', 'or'],
  ['four', 'for'],
  ['teeth', 'tea'],
])('%s is no form of %s', (one, other) => {
  expect(stemOf(one)).not.toBe(stemOf(other));
});
