import type { WordRecord, WordUse } from '../corpus/corpus.records.ts';

export interface NameRecord {
  id: string;
  label: string;
  /** Strong's numbers. */
  words: string[];
  /** Canonical orders of the verses, ascending, each once. */
  verses: number[];
}

const PROPER = new Set(['n-pr-m', 'n-pr-f', 'n-pr-loc']);

/** Proper names by Strong's part of speech, with the verses of the Hebrew Bible that have them. */
export function findNames(words: readonly WordRecord[], uses: readonly WordUse[]): NameRecord[] {
  const names = new Map<string, NameRecord>();
  const byWord = new Map<string, NameRecord>();
  for (const word of words) {
    if (!word.partOfSpeech?.split(' ').some((part) => PROPER.has(part))) continue;
    const label = (word.usage ?? word.definition ?? word.id).split(/[,.;([]/)[0]?.trim() ?? word.id;
    const id = label
      .toLowerCase()
      .replace(/[^a-z]+/g, '-')
      .replace(/^-|-$/g, '');
    let name = names.get(id);
    if (!name) {
      name = { id, label, words: [], verses: [] };
      names.set(id, name);
    }
    name.words.push(word.id);
    byWord.set(word.id, name);
  }
  for (const { verse, word } of uses) {
    const name = byWord.get(word);
    if (name && name.verses.at(-1) !== verse) name.verses.push(verse);
  }
  return [...names.values()];
}
