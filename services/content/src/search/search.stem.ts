import { stemmer } from 'stemmer';
import { WORD_OF_FORM } from './search.forms.ts';

/** Words that end like an older verb form but are none. */
const NO_VERBS: ReadonlySet<string> = new Set(['earnest', 'forest', 'interest']);
const BRITISH_OUR = /^([a-z]{3,})our(s|ed|er|ers|ing|eth|est|able)?$/;

/**
 * The stem under which the inflections of an English word meet: irregular and older forms are brought
 * to today's word first (`saith` → `say`, `cometh` → `come`, `neighbour` → `neighbor`), then Porter's
 * algorithm.
 *
 * @param known tells whether a word occurs in the texts; an ending is cut only where a known word remains
 */
export function stem(word: string, known: (word: string) => boolean): string {
  const modern = WORD_OF_FORM.get(word) ?? withoutOlderEnding(word, known) ?? word;
  return stemmer(modern.replace(BRITISH_OUR, '$1or$2'));
}

function withoutOlderEnding(word: string, known: (word: string) => boolean): string | undefined {
  if (word.length < 6 || NO_VERBS.has(word)) return undefined;
  if (!word.endsWith('eth') && !word.endsWith('est')) return undefined;
  const base = word.slice(0, -3);
  const last = base.at(-1) ?? '';
  const candidates = [`${base}e`, base];
  if (last === base.at(-2)) candidates.unshift(base.slice(0, -1));
  if (last === 'i') candidates.unshift(`${base.slice(0, -1)}y`);
  return candidates.find(known);
}
