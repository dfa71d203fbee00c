import type { BookSummary, Volume } from '@gospelib/contracts';

/** A book with what is printed before and after its chapters. */
export interface LibraryBook {
  readonly summary: BookSummary;
  readonly front: { readonly subtitle?: string; readonly heading?: string; readonly note?: string };
}

/** Volumes and books of a corpus, in canonical order. */
export interface Library {
  readonly volumes: readonly Volume[];
  readonly books: readonly LibraryBook[];
  /** The place of a book in `books`, by slug. */
  readonly places: ReadonlyMap<string, number>;
}

/** The shelf order of the volumes and books as given. */
export function buildLibrary(
  volumes: readonly Omit<Volume, 'books'>[],
  books: readonly LibraryBook[],
): Library {
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
export function findShelved(library: Library, slug: string) {
  const place = library.places.get(slug);
  const book = place === undefined ? undefined : library.books[place];
  if (place === undefined || book === undefined) return undefined;
  return {
    ...book,
    previous: library.books[place - 1]?.summary,
    next: library.books[place + 1]?.summary,
  };
}
