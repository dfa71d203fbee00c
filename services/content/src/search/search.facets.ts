import type { SearchResponse, VolumeId } from '@gospelib/contracts';
import type { BookIndex } from '../volumes/volumes.index.ts';

/** Which part of the corpus to look in. */
export interface SearchFilter {
  readonly volume?: VolumeId | undefined;
  /** Slug. */
  readonly book?: string | undefined;
}

/** For each book, by its place in the book index, whether it passes the filter. */
export function booksWithin({ books }: BookIndex, { volume, book }: SearchFilter): boolean[] {
  return books.map(
    ({ summary }) =>
      (volume === undefined || summary.volume === volume) &&
      (book === undefined || summary.slug === book),
  );
}

/**
 * Counts like a shop's: each dimension ignores its own filter, so that it shows what another choice
 * would give. Volumes are counted over everything found, books within the chosen volume.
 *
 * @param found verses found in each book, by its place in the book index
 */
export function countFacets(
  { volumes, books }: BookIndex,
  found: ArrayLike<number>,
  filter: SearchFilter,
): SearchResponse['facets'] {
  const counted = books.map(({ summary }, place) => ({ ...summary, count: found[place] ?? 0 }));
  return {
    volumes: volumes.map(({ id, name }) => ({
      id,
      name,
      count: counted.reduce((sum, book) => (book.volume === id ? sum + book.count : sum), 0),
    })),
    books: counted
      .filter((book) => book.count > 0)
      .filter((book) => filter.volume === undefined || book.volume === filter.volume)
      .map(({ slug, name, volume, count }) => ({ slug, name, volume, count })),
  };
}
