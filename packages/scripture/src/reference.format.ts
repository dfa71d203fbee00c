import { countVerses, getBook } from './canon.ts';
import type { RangeReference, Reference } from './reference.ts';

/**
 * A reference as people write it: "Alma 32:21–23", "D&C 76:22", "Enos 1:3", "Psalm 23", "Matthew 5:48–6:1",
 * "2 Nephi 12–24" (whole chapters), "Psalm 3 (title)".
 * @throws RangeError when the canon has no such book.
 */
export function formatReference(reference: Reference): string {
  const { name, citation } = getBook(reference.book);
  if (reference.kind === 'book') return name;
  if (reference.kind === 'chapter') return `${citation} ${reference.chapter}`;
  if (reference.kind === 'range') return formatRange(reference, name, citation);
  const { chapter, verse } = reference;
  return verse === 0 ? `${citation} ${chapter} (title)` : `${citation} ${chapter}:${verse}`;
}

function formatRange({ book, from, to }: RangeReference, name: string, citation: string): string {
  if (from.chapter === to.chapter) return `${citation} ${from.chapter}:${from.verse}–${to.verse}`;
  const whole = from.verse === 1 && to.verse === countVerses(book, to.chapter);
  if (!whole) return `${citation} ${from.chapter}:${from.verse}–${to.chapter}:${to.verse}`;
  // The only name with a plural: "Psalms 3–5", but "Psalm 3".
  return `${book === 'ps' ? name : citation} ${from.chapter}–${to.chapter}`;
}
