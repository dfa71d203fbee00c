import { expect, it } from 'vitest';
import { buildBookIndex } from '../volumes/volumes.index.ts';
import { booksWithin, countFacets } from './search.facets.ts';

const book = (slug: string, volume: 'ot' | 'nt') => ({
  summary: { slug, name: slug, fullTitle: slug, volume, chapters: 1, verses: 1 },
  front: {},
});
const bookIndex = buildBookIndex(
  [
    { id: 'ot', name: 'Old Testament' },
    { id: 'nt', name: 'New Testament' },
  ],
  [book('gen', 'ot'), book('ps', 'ot'), book('john', 'nt'), book('jude', 'nt')],
);
const found = [3, 0, 5, 2];
const counts = (filter: Parameters<typeof countFacets>[2]) => {
  const { volumes, books } = countFacets(bookIndex, found, filter);
  return [volumes.map(({ count }) => count), books.map(({ slug, count }) => `${slug} ${count}`)];
};

it('counts everything found, books without a hit left out', () => {
  expect(counts({})).toEqual([
    [3, 7],
    ['gen 3', 'john 5', 'jude 2'],
  ]);
});

it('ignores the filter of its own dimension', () => {
  expect(counts({ volume: 'nt' })).toEqual([
    [3, 7],
    ['john 5', 'jude 2'],
  ]);
  expect(counts({ book: 'jude' })).toEqual([
    [3, 7],
    ['gen 3', 'john 5', 'jude 2'],
  ]);
});

it('passes the books that both filters pass', () => {
  expect(booksWithin(bookIndex, {})).toEqual([true, true, true, true]);
  expect(booksWithin(bookIndex, { volume: 'ot' })).toEqual([true, true, false, false]);
  expect(booksWithin(bookIndex, { volume: 'ot', book: 'john' })).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
