import type { ChapterResponse, StudyWords } from '@gospelib/contracts';
import type { VerseRange } from '../address/verse.range.ts';
import { referenceOf } from '../panel/passage.copy.ts';
import type { VersePart } from './verse.dom.ts';

/** What to mark: verses of one chapter, or words of them. */
export type Target = { readonly chapter: ChapterResponse; readonly parts: readonly VersePart[] };

export function targetOf(chapter: ChapterResponse, { first, last }: VerseRange): Target {
  const verses = chapter.verses.filter(({ number }) => number >= first && number <= last);
  return { chapter, parts: verses.map(({ number }) => ({ verse: number })) };
}

/** As people write it: "Alma 32:21–23". */
export function referenceOfTarget({ chapter, parts }: Target): string {
  const [first, last] = endsOf(parts);
  return referenceOf(chapter, { first, last });
}

/** Canonical id of the whole: `alma.32.21`, `alma.32.21-23`. */
export function passageOfTarget({ chapter, parts }: Target): string {
  const [first, last] = endsOf(parts);
  return `${chapter.id}.${first}${last > first ? `-${last}` : ''}`;
}

/** The words of a target that lies in one verse. */
export function wordsOfTarget({ parts }: Target): StudyWords | undefined {
  return parts.length === 1 ? parts[0]?.words : undefined;
}

function endsOf(parts: readonly VersePart[]): readonly [number, number] {
  const numbers = parts.map(({ verse }) => verse);
  return [Math.min(...numbers), Math.max(...numbers)];
}

export function sameWords(one: StudyWords | undefined, other: StudyWords | undefined): boolean {
  return one?.start === other?.start && one?.end === other?.end;
}
