import { findBook, verseOrder } from '@gospelib/scripture';

/** Canonical order of a verse, 0..41994; undefined for a verse that the canon does not have. */
export function findVerse(book: string, chapter: number, verse: number): number | undefined {
  const last = findBook(book)?.verses[chapter - 1] ?? 0;
  if (!(verse >= 1 && verse <= last)) return undefined;
  return verseOrder({ book, chapter, verse });
}

/** `gen.1.1` */
export function verseId({
  book,
  chapter,
  verse,
}: {
  book: string;
  chapter: number;
  verse: number;
}): string {
  return `${book}.${chapter}.${verse}`;
}
