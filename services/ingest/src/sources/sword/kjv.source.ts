import type { WordUse } from '../../corpus/corpus.records.ts';
import type { RepairList } from '../../corpus/repair.list.ts';
import { findVerse } from '../../corpus/verse.finder.ts';
import { SourceError } from '../source.error.ts';
import type { SwordModule } from './module.files.ts';
import { plainText } from './module.markup.ts';
import { readVerseModule } from './verse.module.ts';

const WORD = /<w ([^>]*)>(.*?)<\/w>/gs;
const NUMBER = /strong:([GH])0*([1-9]\d*)/g;
const USFM = /\\\+?nd/;
/** Joins the words of one rendering, since spaces separate the forms of a verse. */
const NO_BREAK_SPACE = '\u00A0';

/**
 * Which words the King James Version tags in which verse, in canonical order; a form is the English rendering.
 * @param known ids of the words that exist. @throws SourceError for an unknown word or a verse out of place
 */
export function readKjvUses(
  module: SwordModule,
  known: ReadonlySet<string>,
  repairs: RepairList,
): WordUse[] {
  const uses: WordUse[] = [];
  let leaks = 0;
  for (const { book, chapter, verse, text } of readVerseModule(module)) {
    if (verse === 0) continue;
    const record = `${book}.${chapter}.${verse}`;
    const order = findVerse(book, chapter, verse);
    if (order === undefined)
      throw new SourceError(module.name, record, 'the canon has no such verse.');
    if (USFM.test(text)) leaks++;
    const byWord = new Map<string, WordUse>();
    for (const [, attributes = '', inner = ''] of text.matchAll(WORD)) {
      const form = plainText(inner).replaceAll(/\s+/g, NO_BREAK_SPACE);
      for (const [, language, number] of attributes.matchAll(NUMBER)) {
        const word = `${language}${number}`;
        if (!known.has(word))
          throw new SourceError(module.name, record, `there is no word ${word}.`);
        addForm(byWord, order, word, form);
      }
    }
    uses.push(...byWord.values());
  }
  repairs.add(
    'kjv-usfm-marks',
    leaks,
    'Verses of the tagged King James Version that carry stray USFM marks; only its word tags are used.',
  );
  return uses;
}

/** The uses of the first list, and those of the second whose verse and word the first does not connect. */
export function mergeUses(first: readonly WordUse[], second: readonly WordUse[]): WordUse[] {
  const known = new Set(first.map(keyOf));
  const added = second.filter((use) => !known.has(keyOf(use)));
  return [...first, ...added].sort((a, b) => a.verse - b.verse);
}

/** A number, since half a million strings as keys would take a hundred megabytes. */
function keyOf({ verse, word }: WordUse): number {
  const number = Number(word.slice(1)) * 2 + (word.startsWith('H') ? 0 : 1);
  return verse * 2 ** 15 + number;
}

function addForm(byWord: Map<string, WordUse>, verse: number, word: string, form: string): void {
  const use = byWord.get(word);
  if (!use) {
    byWord.set(word, { verse, word, forms: form === '' ? [] : [form], count: 1 });
    return;
  }
  use.count++;
  if (form !== '' && !use.forms.includes(form)) use.forms.push(form);
}
