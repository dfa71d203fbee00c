import type { ChapterResponse } from '@gospelib/contracts';
import { formatVerseRange, type VerseRange } from '../address/verse.range.ts';
import { curlQuotes } from '../typography/scripture.text.ts';

/** The last verse of a range, which may be open or go past the end of the chapter. */
function endOf({ verses }: ChapterResponse, { first, last }: VerseRange): number {
  return Math.max(first, Math.min(last, verses.at(-1)?.number ?? first));
}

/** The reference of the selected verses: "Alma 32:21–23". */
export function referenceOf(chapter: ChapterResponse, range: VerseRange): string {
  const end = endOf(chapter, range);
  return `${chapter.reference}:${range.first}${end > range.first ? `–${end}` : ''}`;
}

/** Their canonical id: `alma.32.21-23`. */
export function passageOf(chapter: ChapterResponse, range: VerseRange): string {
  return `${chapter.id}.${formatVerseRange({ first: range.first, last: endOf(chapter, range) })}`;
}

/** The selected verses as a quotation to paste; verses after the first carry their number. */
export function quotationOf(chapter: ChapterResponse, range: VerseRange): string {
  const text = chapter.verses
    .filter(({ number }) => number >= range.first && number <= range.last)
    .map(({ number, text: words }) => (number === range.first ? words : `${number} ${words}`))
    .join(' ');
  return `${curlQuotes(text)}\n— ${referenceOf(chapter, range)}`;
}
