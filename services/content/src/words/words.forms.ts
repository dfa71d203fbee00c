import type { WordSource, WordSummary } from '@gospelib/contracts';

/** The forms of a word in a verse; the graph stores them as one text, separated by spaces. */
export function splitForms(stored: string): string[] {
  return stored.split(' ').filter((form) => form !== '');
}

/**
 * What connects verses with a word. The corpus has the Hebrew text, and no Greek one: it knows Greek words by the tags
 * of the King James Version alone.
 */
export function sourceOf({ language }: Pick<WordSummary, 'language'>): WordSource {
  return language === 'hebrew' ? 'hebrew-text' : 'kjv-tag';
}
