import type { StudyWords } from '@gospelib/contracts';
import { ProblemError } from '@gospelib/service-kit';
import { placeOf, referenceAt } from './place.ts';

/** The columns for the place of a mark, the same in every table of marks. */
export const placeColumns = [
  ['passage', 'text'],
  ['starts_at', 'integer'],
  ['ends_at', 'integer'],
] as const;
export const wordColumns = [
  ['word_start', 'smallint'],
  ['word_end', 'smallint'],
] as const;

export interface WordRow {
  word_start: number | null;
  word_end: number | null;
}

/** Values of `placeColumns`. @throws ProblemError invalid-input when the passage is not in the canon */
export function placeValues(passage: string | undefined): unknown[] {
  if (passage === undefined) return [null, null, null];
  const { startsAt, endsAt } = placeOf(referenceAt(passage, 'body.passage'));
  return [passage, startsAt, endsAt];
}

/** Values of `wordColumns`. @throws ProblemError invalid-input when words are marked outside a single verse */
export function wordValues(passage: string | undefined, words: StudyWords | undefined): unknown[] {
  if (words === undefined) return [null, null];
  const kind = passage === undefined ? undefined : referenceAt(passage, 'body.passage').kind;
  if (kind === 'verse') return [words.start, words.end];
  throw new ProblemError('invalid-input', 'Words are marked within one verse.', {
    errors: [{ path: 'body.words', message: 'needs a passage of one verse' }],
  });
}

export function readWords({ word_start, word_end }: WordRow): StudyWords | undefined {
  return word_start === null || word_end === null
    ? undefined
    : { start: word_start, end: word_end };
}
