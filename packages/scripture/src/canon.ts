import { bookRows, titledPsalms, type VolumeId, volumeRows } from './generated/canon.data.ts';

export type { VolumeId };

export interface Book {
  /** First part of every canonical id, e.g. `1-ne`. */
  readonly slug: string;
  /** Full name, e.g. "Doctrine and Covenants". */
  readonly name: string;
  /** The name in references, e.g. "D&C", "Psalm"; usually the full name. */
  readonly citation: string;
  readonly volume: VolumeId;
  /** 1..87 in canonical order. */
  readonly order: number;
  /** Number of chapters (sections, in the Doctrine and Covenants). */
  readonly chapters: number;
  /** Number of verses of chapter 1, 2, …, without titles of Psalms (verse 0). */
  readonly verses: readonly number[];
  /** A lone number is a verse: "Jude 9". */
  readonly singleChapter: boolean;
  /** Position of chapter 1 among all chapters, 0..1581. */
  readonly firstChapter: number;
}

export interface Volume {
  readonly id: VolumeId;
  readonly name: string;
  /** 1..5 in canonical order. */
  readonly order: number;
  readonly books: readonly Book[];
}

const citations: Readonly<Record<string, string>> = { ps: 'Psalm', dc: 'D&C' };

/** The 87 books in canonical order. */
export const books: readonly Book[] = /* @__PURE__ */ buildBooks();

/** The five volumes in canonical order. */
export const volumes: readonly Volume[] = /* @__PURE__ */ volumeRows.map(([id, name], index) => ({
  id,
  name,
  order: index + 1,
  books: books.filter((book) => book.volume === id),
}));

const bySlug: ReadonlyMap<string, Book> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ books.map((book) => [book.slug, book]),
);

/** The book with a slug, e.g. `alma`; undefined when there is none. */
export function findBook(slug: string): Book | undefined {
  return bySlug.get(slug);
}

/** The book with a slug. @throws RangeError when the canon has no such book */
export function getBook(slug: string): Book {
  const book = bySlug.get(slug);
  if (!book) throw new RangeError(`The canon has no book "${slug}".`);
  return book;
}

/** Number of verses of a chapter without its title; 0 when the canon has no such chapter. */
export function countVerses(slug: string, chapter: number): number {
  return bySlug.get(slug)?.verses[chapter - 1] ?? 0;
}

/** Whether the chapter has a verse 0, as 115 Psalms do. */
export function hasTitle(slug: string, chapter: number): boolean {
  return slug === 'ps' && titledPsalms.includes(chapter);
}

/** Whether the canon has the verse; verse 0 is a Psalm's title. */
export function hasVerse(slug: string, chapter: number, verse: number): boolean {
  if (verse === 0) return hasTitle(slug, chapter);
  return Number.isInteger(verse) && verse > 0 && verse <= countVerses(slug, chapter);
}

function buildBooks(): Book[] {
  let firstChapter = 0;
  return bookRows.map(([slug, name, volume, verses], index) => {
    const book: Book = {
      slug,
      name,
      citation: citations[slug] ?? name,
      volume,
      order: index + 1,
      chapters: verses.length,
      verses,
      singleChapter: verses.length === 1,
      firstChapter,
    };
    firstChapter += verses.length;
    return book;
  });
}
