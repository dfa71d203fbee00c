import type { ChapterMarks } from './chapter-marks.store.ts';
import type { ColorNames } from './colors.ts';
import { versesWithin } from './passage.place.ts';

/** The marks in the margin of one verse. */
export type VerseMarks = {
  readonly notes: number;
  readonly bookmarked: boolean;
  /** The highlights in words, for screen readers. */
  readonly said: string;
};

/**
 * The marks in the margin by number of the verse. A mark on several verses, or on the whole chapter, is at the first of
 * them.
 */
export function verseMarks(
  chapter: string,
  marks: Pick<ChapterMarks, 'highlights' | 'notes' | 'bookmarks'>,
  names: ColorNames,
): ReadonlyMap<number, VerseMarks> {
  const verses = new Map<number, VerseMarks>();
  const add = (passage: string | undefined, change: (own: VerseMarks) => VerseMarks) => {
    const within = passage === undefined ? undefined : versesWithin(passage, chapter);
    if (!within) return;
    const verse = Math.max(within.first, 1);
    verses.set(verse, change(verses.get(verse) ?? { notes: 0, bookmarked: false, said: '' }));
  };
  for (const { item } of marks.notes) {
    add(item.passage, (own) => ({ ...own, notes: own.notes + 1 }));
  }
  for (const { item } of marks.bookmarks)
    add(item.passage, (own) => ({ ...own, bookmarked: true }));
  for (const { item } of marks.highlights) {
    const part = item.words ? 'Words highlighted' : 'Highlighted';
    add(item.passage, (own) => ({
      ...own,
      said: `${own.said} ${part}: ${names[item.color]}.`.trim(),
    }));
  }
  return verses;
}
