import type { ChapterResponse } from '@gospelib/contracts';
import type { VerseRange } from '../address/verse.range.ts';
import { curlQuotes } from '../typography/scripture.text.ts';

/** The reference of the selected verses: "Alma 32:21–23". */
export function referenceOf(chapter: ChapterResponse, { first, last }: VerseRange): string {
  const end = Math.min(last, chapter.verses.at(-1)?.number ?? first);
  return `${chapter.reference}:${first}${end > first ? `–${end}` : ''}`;
}

/** The selected verses as a quotation to paste; verses after the first carry their number. */
export function quotationOf(chapter: ChapterResponse, range: VerseRange): string {
  const text = chapter.verses
    .filter(({ number }) => number >= range.first && number <= range.last)
    .map(({ number, text: words }) => (number === range.first ? words : `${number} ${words}`))
    .join(' ');
  return `${curlQuotes(text)}\n— ${referenceOf(chapter, range)}`;
}
