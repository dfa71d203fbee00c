import type { BookSummary, Volume } from '@gospelib/contracts';

/** A book with the texts before and after its chapters. */
export interface IndexedBook {
  readonly summary: BookSummary;
  readonly front: { readonly subtitle?: string; readonly heading?: string; readonly note?: string };
}

/** Volumes and books of a corpus, in canonical order. */
export interface BookIndex {
  readonly volumes: readonly Volume[];
  readonly books: readonly IndexedBook[];
  /** The place of a book in `books`, by slug. */
  readonly places: ReadonlyMap<string, number>;
}

/** @param books in canonical order, like the volumes */
export function buildBookIndex(
  volumes: readonly Omit<Volume, 'books'>[],
  books: readonly IndexedBook[],
): BookIndex {
  return {
    volumes: volumes.map((volume) => ({
      ...volume,
      books: books.map(({ summary }) => summary).filter((book) => book.volume === volume.id),
    })),
    books,
    places: new Map(books.map(({ summary }, place) => [summary.slug, place])),
  };
}

/** A book with its neighbours; undefined when the corpus does not have it. */
export function findIndexedBook(bookIndex: BookIndex, slug: string) {
  const place = bookIndex.places.get(slug);
  const book = place === undefined ? undefined : bookIndex.books[place];
  if (place === undefined || book === undefined) return undefined;
  return {
    ...book,
    previous: bookIndex.books[place - 1]?.summary,
    next: bookIndex.books[place + 1]?.summary,
  };
}
